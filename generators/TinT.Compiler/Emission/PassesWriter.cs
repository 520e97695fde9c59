using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using static TinT.Compiler.Emission.Identifiers;

namespace TinT.Compiler.Emission;

/// <summary>Writes <c>Model.Passes.g.cs</c>: the passes over sequences that run together, and where their values lie.</summary>
internal static class PassesWriter
{
    public static GeneratedSource Write(CompiledModel model)
    {
        string name = model.Name;
        CodeWriter code = SourceFile.Begin(
            model, ["TinT.Runtime.Cpu", "TinT.Runtime.Execution", "TinT.Runtime.Parameters"], $"{name}CpuKernels", $"{name}Layout");
        code.Doc("summary", $"The passes of {name}: the auxiliary model forwards and, for each step, backwards with a descent, then forwards with what has become of its weights.");

        // Qualified, because a model may be called Cpu.
        string clock = model.Timed ? ", KernelClock clock" : string.Empty;
        code.Block($"internal sealed class {name}Passes(ParameterStore parameters, Workers workers{clock})\n    : global::TinT.Runtime.Execution.CpuPasses({name}Layout.Description, {name}Layout.Arena, parameters, workers)", () =>
        {
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
        return new GeneratedSource($"{name}.Passes.g.cs", code.ToString());
    }

    private static void WriteRun(CodeWriter code, bool timed)
    {
        code.Line("/// <inheritdoc/>");
        code.Block("protected override void RunSequences()", () => code.Line((timed ? "clock.Start();\n" : string.Empty) +
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
            """ + (timed ? "\nclock.Stop();" : string.Empty)));
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
