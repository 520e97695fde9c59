using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;
using TinT.Model.Runs;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission;

/// <summary>Writes <c>Model.Passes.g.cs</c>: the passes over sequences that run together, and where their values lie.</summary>
internal static class PassesWriter
{
    public static GeneratedSource Write(CompiledModel model)
    {
        string name = model.Name;
        CodeWriter code = SourceFile.Begin(
            model, ["TinT.Model.Runs", "TinT.Runtime.Cpu.Memory", "TinT.Runtime.Cpu.Threads", "TinT.Runtime.Execution", "TinT.Runtime.Parameters"], $"{name}CpuKernels", $"{name}Layout");
        code.Doc("summary", $"The passes of {name}: the auxiliary model forwards and, for each step, backwards with a descent, then forwards with what has become of its weights.");

        // Qualified, because a model may be called Cpu.
        string clock = model.Timed ? ", KernelClock clock" : string.Empty;
        code.Block($"internal sealed class {name}Passes(ParameterStore parameters, Workers workers{clock})\n    : global::TinT.Runtime.Execution.CpuPasses({name}Layout.Description, {name}Layout.Arena, parameters, workers{(model.Timed ? ", clock" : string.Empty)})", () =>
        {
            code.Separated(
                [RoutineKind.Embedding, RoutineKind.ForwardBlock, RoutineKind.FinalNorm, RoutineKind.Head, RoutineKind.FinalNormBackward, RoutineKind.BackwardBlock],
                routine => RoutineWriter.Write(code, model, routine));
            code.Line();
            WriteUpdates(code, model);
            WriteCopies(code, model);
            WriteShared(code, model);
            WriteBuffers(code, model);
            WeightsWriter.Write(code, model);
        });
        return new GeneratedSource($"{name}.Passes.g.cs", code.ToString());
    }

    private static void WriteUpdates(CodeWriter code, CompiledModel model)
    {
        if (!model.Program.HasDual)
            return;
        RoutineWriter.Write(code, model, RoutineKind.WriteUpdates);
        code.Line();
    }

    private static void WriteCopies(CodeWriter code, CompiledModel model)
    {
        foreach (RoutineKind routine in new[] { RoutineKind.KeepTrainedInput, RoutineKind.RestoreTrainedInput })
        {
            Kernel copy = model.Program[routine][0];
            code.Block($"protected override void {routine}()", () => code.Line(
                $"Workers.Run(new CopyRows({Pascal(copy.Inputs[0].Buffer)}, {Pascal(copy.Outputs[0].Buffer)}), Group.Tokens, grain: 16);\n{RoutineWriter.Mark(model, routine, 0)}".TrimEnd()));
            code.Line();
        }
    }

    /// <summary>What trainings that share passes go back to.</summary>
    private static void WriteShared(CodeWriter code, CompiledModel model)
    {
        code.Line($"protected override MatrixView HiddenState => {Pascal(model.Program[RoutineKind.KeepTrainedInput][0].Inputs[0].Buffer)};\n");
        code.Line($"protected override MatrixView LossGradient => {Pascal(model.Program[RoutineKind.Head][0].Outputs[0].Buffer)};\n");
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
        return buffer.IsVector
            ? $"VectorView {name} => {group}.TokenVector({place}{name}Column);"
            : $"MatrixView {name} => {group}.{(buffer.TrainingRows ? "Training" : "Token")}Matrix({place}{name}Column, {Integer(buffer.Columns)});";
    }
}
