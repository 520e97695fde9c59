using TinT.Compiler.Lowering;

namespace TinT.Compiler.Emission;

/// <summary>Writes <c>Model.Simulator.g.cs</c>: the class that users load and run.</summary>
internal static class SimulatorWriter
{
    public static GeneratedSource Write(CompiledModel model)
    {
        string name = model.Name;
        var code = new CodeWriter();
        code.Line(model.Header);
        code.Line("using TinT.Runtime.Cpu;\nusing TinT.Runtime.Execution;\nusing TinT.Runtime.Parameters;\nusing TinT.Runtime.Simulation;\n");
        code.Line("namespace TinT.Generated;\n");
        code.Doc("summary", $"TinT simulator of {name} on the CPU: runs the auxiliary model, takes inner SGD steps on the training part and runs it again.");
        PrefixTable.Write(code, model);

        // Qualified, because a model may be called Cpu.
        string timed = model.Timed ? ", ITimedSimulator" : string.Empty;
        code.Block($"public sealed class {name}Simulator : TinT.Runtime.Execution.CpuSimulator{timed}", () =>
        {
            if (model.Timed)
                code.Line($"/// <inheritdoc/>\npublic KernelClock Clock {{ get; }} = new({Identifiers.Integer(KernelNumbers.Count(model.Program))});\n");
            WriteLoading(code, name);
            code.Line("/// <inheritdoc/>");
            code.Line($"protected override TinT.Runtime.Execution.CpuPasses CreatePasses(Workers workers) => new {name}Passes(Parameters, workers{(model.Timed ? ", Clock.Part()" : string.Empty)});");
        });
        return new GeneratedSource($"{name}.Simulator.g.cs", code.ToString());
    }

    private static void WriteLoading(CodeWriter code, string name)
    {
        code.Block($"private {name}Simulator(ParameterStore parameters, SimulatorOptions? options)\n    : base(Layout.Description, Layout.Arena, parameters, options)".Replace("Layout.", name + "Layout."), () => { });
        code.Line();
        code.Doc("summary", $"What {name} simulates.");
        code.Line($"public static SimulatorDescription Model => {name}Layout.Description;\n");
        code.Doc("summary", "Where each of its parameters is loaded from.");
        code.Line($"public static ParameterTable ParameterTable => {name}Layout.Parameters;\n");
        code.Doc("summary", "Loads the auxiliary model's weights.");
        code.Doc("param", "Hugging Face model directory: config.json and model.safetensors or its shards.", " name=\"directory\"");
        code.Doc("param", "Threads, and how weights are stored; null for the defaults.", " name=\"options\"");
        code.Line("/// <exception cref=\"TinT.Runtime.Checkpoints.CheckpointFormatException\">The directory does not hold this model.</exception>");
        code.Line($"public static {name}Simulator Load(string directory, SimulatorOptions? options = null) =>\n    new(ParameterStore.Load(directory, {name}Layout.Parameters, Model.Auxiliary, options?.Weights ?? WeightStorage.SinglePrecision), options);\n");
    }
}
