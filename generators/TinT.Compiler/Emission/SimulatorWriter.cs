using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs.Writing;
using TinT.Compiler.Text;

namespace TinT.Compiler.Emission;

/// <summary>Writes <c>Model.Simulator.g.cs</c>: the class that users load and run.</summary>
internal static class SimulatorWriter
{
    public static GeneratedSource Write(CompiledModel model)
    {
        string name = model.Name;
        CodeWriter code = SourceFile.BeginForUsers(model);
        code.Doc("summary", $"TinT simulator of {name} on the CPU: runs the auxiliary model, takes inner SGD steps on the training part and runs it again.");
        PrefixTable.Write(code, model);
        string timed = model.Timed ? ", global::TinT.Runtime.Execution.ITimedSimulator" : string.Empty;
        code.Block($"{SpecText.Of(model.Access)} sealed class {name}Simulator : global::TinT.Runtime.Execution.CpuSimulator{timed}", () =>
        {
            if (model.Timed)
                code.Line($"/// <inheritdoc/>\npublic global::TinT.Runtime.Execution.KernelClock Clock {{ get; }} = new({Identifiers.Integer(KernelNumbers.Count(model.Program))});\n");
            WriteLoading(code, name, $"global::{model.CodeNamespace}.{name}Layout");
            code.Line("/// <inheritdoc/>");
            code.Line("protected override global::TinT.Runtime.Execution.CpuPasses CreatePasses(global::TinT.Runtime.Cpu.Threads.Workers workers) =>");
            code.Indented(
                () => code.Line($"new global::{model.CodeNamespace}.{name}Passes(Parameters, workers{(model.Timed ? ", Clock.Part()" : string.Empty)});\n"));
            code.Line("/// <inheritdoc/>");
            code.Line(
                "protected override global::TinT.Runtime.Execution.CpuSimulator CreateWith("
                + "global::TinT.Runtime.Parameters.ParameterStore parameters, global::TinT.Runtime.Execution.SimulatorOptions options) =>");
            code.Indented(() => code.Line($"new {name}Simulator(parameters, options);"));
        });
        return new GeneratedSource($"{name}.Simulator.g.cs", code.ToString());
    }

    private static void WriteLoading(CodeWriter code, string name, string layout)
    {
        code.Line(
            $$"""
            private {{name}}Simulator(global::TinT.Runtime.Parameters.ParameterStore parameters, global::TinT.Runtime.Execution.SimulatorOptions? options)
                : base({{layout}}.Description, {{layout}}.Arena, parameters, options)
            {
            }

            """);
        code.Doc("summary", $"What {name} simulates.");
        code.Line($"public static global::TinT.Model.SimulatorDescription Model => {layout}.Description;\n");
        code.Doc("summary", "Where each of its parameters is loaded from.");
        code.Line($"public static global::TinT.Runtime.Parameters.ParameterTable ParameterTable => {layout}.Parameters;\n");
        code.Doc("summary", "Loads the auxiliary model's weights.");
        code.Doc("param", "Hugging Face model directory: config.json and weights, model.safetensors or pytorch_model.bin, whole or in shards.", " name=\"directory\"");
        code.Doc("param", "Threads, how weights are stored and who is told how far loading is; null for the defaults.", " name=\"options\"");
        code.Line("/// <exception cref=\"global::TinT.Runtime.Checkpoints.CheckpointFormatException\">The directory does not hold this model.</exception>");
        code.Line(
            $"""
            public static {name}Simulator Load(string directory, global::TinT.Runtime.Execution.SimulatorOptions? options = null) =>
                new(
                    global::TinT.Runtime.Parameters.ParameterStore.Load(
                        directory, {layout}.Parameters, Model.Auxiliary, options?.Weights ?? global::TinT.Runtime.Cpu.Memory.WeightStorage.SinglePrecision, options?.Loading),
                    options);

            """);
    }
}
