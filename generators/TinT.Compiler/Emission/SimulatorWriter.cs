using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using static TinT.Compiler.Emission.Identifiers;

namespace TinT.Compiler.Emission;

/// <summary>Writes <c>Model.Simulator.g.cs</c>: the class that users load and run, with its passes over one sequence.</summary>
internal static class SimulatorWriter
{
    public static GeneratedSource Write(CompiledModel model)
    {
        string name = model.Name;
        var code = new CodeWriter();
        code.Line(model.Header);
        code.Line("using TinT.Runtime.Cpu;\nusing TinT.Runtime.Execution;\nusing TinT.Runtime.Parameters;\nusing TinT.Runtime.Simulation;");
        code.Line($"using static TinT.Generated.{name}CpuKernels;\nusing static TinT.Generated.{name}Layout;\n");
        code.Line("namespace TinT.Generated;\n");
        code.Doc("summary", $"TinT simulator of {name} on the CPU: runs the auxiliary model, takes inner SGD steps on the training part and runs it again.");
        PrefixTable.Write(code, model);

        // Qualified, because a model may be called Cpu.
        string timed = model.Timed ? ", ITimedSimulator" : string.Empty;
        code.Block($"public sealed class {name}Simulator : TinT.Runtime.Execution.CpuSimulator{timed}", () =>
        {
            if (model.Timed)
                code.Line($"/// <inheritdoc/>\npublic KernelClock Clock {{ get; }} = new({Integer(KernelNumbers.Count(model.Program))});\n");
            WriteLoading(code, name);
            WriteRun(code, model.Timed);
            code.Separated(
                [RoutineKind.Embedding, RoutineKind.ForwardBlock, RoutineKind.FinalNorm, RoutineKind.Head, RoutineKind.FinalNormBackward, RoutineKind.BackwardBlock],
                routine => RoutineWriter.Write(code, model, routine));
            code.Line();
            WriteUpdates(code, model);
            WriteCopies(code, model);
            WriteBuffers(code, model);
            WeightsWriter.Write(code, model);
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

    private static void WriteRun(CodeWriter code, bool timed)
    {
        code.Line("/// <inheritdoc/>");
        code.Block("protected override void RunSequences()", () => code.Line((timed ? "Clock.Start();\n" : string.Empty) +
            """
            int firstTrained = LayerCount - Group.Training.Layers;
            int steps = Group.Training.Steps;
            bool trains = Group.TrainingRows > 0;

            Embedding();
            for (int layer = 0; layer < firstTrained; layer++)
                ForwardBlock(layer, updates: 0, Memory(steps, 0));
            KeepTrainedInput();

            for (int step = 0; step < steps; step++)
            {
                if (step > 0)
                    RestoreTrainedInput();
                for (int layer = firstTrained; layer < LayerCount; layer++)
                    ForwardBlock(layer, step, Kept(step, layer));
                FinalNorm(step);
                Head(step == 0 ? HeadPass.Before : HeadPass.Between);
                if (!trains)
                    break;
                FinalNormBackward(step);
                for (int layer = LayerCount - 1; layer >= firstTrained; layer--)
                    BackwardBlock(layer, step, Kept(step, layer), lowest: layer == firstTrained);
            }

            int updates = trains ? steps : 0;
            RestoreTrainedInput();
            for (int layer = firstTrained; layer < LayerCount; layer++)
                ForwardBlock(layer, updates, Memory(steps, 0));
            FinalNorm(updates);
            Head(HeadPass.After);
            """ + (timed ? "\nClock.Stop();" : string.Empty)));
        code.Line();
    }

    private static void WriteUpdates(CodeWriter code, CompiledModel model)
    {
        if (!model.Program.HasDual)
            return;
        code.Line("/// <inheritdoc/>");
        code.Block("protected override void WriteUpdates(SequenceRun run)", () => code.Line(
            """
            for (int step = 0; step < Group.Training.Steps; step++)
            {
                for (int layer = LayerCount - Group.Training.Layers; layer < LayerCount; layer++)
                    WriteUpdates(run, step == 0 ? StoredBlock(layer) : UpdatedBlock(layer), UpdatedBlock(layer), Kept(step, layer));
            }
            """));
        code.Line();
        RoutineWriter.Write(code, model, RoutineKind.WriteUpdates);
        code.Line();
    }

    private static void WriteCopies(CodeWriter code, CompiledModel model)
    {
        foreach (RoutineKind routine in new[] { RoutineKind.KeepTrainedInput, RoutineKind.RestoreTrainedInput })
        {
            Kernel copy = model.Program[routine][0];
            code.Block($"private void {routine}()", () => code.Line(
                $"Workers.Run(new CopyRows({Pascal(copy.Inputs[0].Buffer)}, {Pascal(copy.Outputs[0].Buffer)}), Group.Tokens, grain: 16);\n{RoutineWriter.Mark(model, routine, 0)}".TrimEnd()));
            code.Line();
        }
    }

    private static void WriteBuffers(CodeWriter code, CompiledModel model)
    {
        foreach (TokenBuffer buffer in model.Buffers.Buffers.Where(b => b.Kind == BufferKind.Transient))
            code.Line($"private {View(buffer, "Group", string.Empty)}\n");

        MemorySlotWriter.Write(code, model, "SequenceGroup", "group", "Group", (buffer, place) => View(buffer, "group", place));
    }

    private static string View(TokenBuffer buffer, string group, string place)
    {
        string name = Pascal(buffer.Name);
        return buffer.Columns == 1
            ? $"VectorView {name} => {group}.TokenVector({place}{name}Column);"
            : $"MatrixView {name} => {group}.{(buffer.TrainingRows ? "Training" : "Token")}Matrix({place}{name}Column, {Integer(buffer.Columns)});";
    }
}
