using TinT.Compiler.Emission.Ilgpu.Kernels;
using TinT.Compiler.Emission.Ilgpu.Launches;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs;
using TinT.Compiler.Text;
using TinT.Model.Runs;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu;

/// <summary>Writes one routine of the GPU simulator: the launches of its kernels, in order.</summary>
internal static class GpuRoutineWriter
{
    public static void Write(CodeWriter code, CompiledModel model, RoutineKind routine)
    {
        code.Line("/// <inheritdoc/>");
        if (routine == RoutineKind.Head)
        {
            HeadKernels.WriteRoutine(code, model, model.Timed ? Mark(model, RoutineKind.Head, 0) : string.Empty);
            return;
        }

        (string Condition, string Code)[] statements =
        [
            .. IlgpuKernels.Launches(model, routine).SelectMany(launch => KernelKinds.Of(launch.Kernel.Kind).Launches(new LaunchText(model, routine, launch))
                .Concat(model.Timed && routine != RoutineKind.WriteUpdates ? [Mark(model, routine, launch.Index)] : [])
                .Select(code => (ConditionOf(model, routine, launch), code))),
        ];
        code.Block(Signature(routine), () =>
        {
            foreach (string local in Locals(model, routine, statements))
                code.Line(local);
            WriteStatements(code, statements);
        });
    }

    /// <summary>The mark behind the launches of a kernel, in a simulator that tells times; of a fused activation nothing is told.</summary>
    public static string Mark(CompiledModel model, RoutineKind routine, int index) =>
        $"Mark(Clock, {Integer(KernelNumbers.Of(model.Program, routine, index))}{(routine == RoutineKind.Head ? " + (int)pass" : string.Empty)});";

    /// <summary>How the base class calls a routine.</summary>
    private static string Signature(RoutineKind routine) => routine switch
    {
        RoutineKind.Embedding => "protected override void Embedding(SequenceRun run)",
        RoutineKind.ForwardBlock => "protected override void ForwardBlock(SequenceRun run, int layer, int updates, KeptPlace place)",
        RoutineKind.FinalNorm => "protected override void FinalNorm(SequenceRun run, int updates)",
        RoutineKind.FinalNormBackward => "protected override void FinalNormBackward(SequenceRun run, int updates)",
        RoutineKind.BackwardBlock => "protected override void BackwardBlock(SequenceRun run, int layer, int updates, KeptPlace place, bool lowest)",
        RoutineKind.WriteUpdates => "protected override void WriteUpdates(SequenceRun run, int layer, int updates, KeptPlace place)",
        _ => throw new InvalidOperationException($"{routine} is not written kernel by kernel."),
    };

    private static IEnumerable<string> Locals(CompiledModel model, RoutineKind routine, (string Condition, string Code)[] statements)
    {
        bool Uses(string name) => statements.Any(statement => statement.Condition.Contains(name) || statement.Code.Contains(name));
        bool block = routine is RoutineKind.ForwardBlock or RoutineKind.BackwardBlock;
        bool writes = routine == RoutineKind.WriteUpdates;
        if (block)
            yield return "ThrowIfCancelled();";
        if (Uses("memory."))
            yield return "MemorySlot memory = Memory(place);";
        if (writes)
            yield return "BlockWeights weights = updates == 0 ? StoredBlock(layer) : UpdatedBlock(layer);";
        else if (Uses("weights."))
            yield return block
                ? "BlockWeights weights = Block(layer, updates);"
                : $"ModelWeights weights = {(routine == RoutineKind.Embedding ? "StoredModel" : "updates == 0 ? StoredModel : UpdatedModel")};";
        if (Uses("updated."))
            yield return block || writes ? "BlockWeights updated = UpdatedBlock(layer);" : "ModelWeights updated = UpdatedModel;";
        if (Uses("attended"))
            yield return model.Program.HasPrimal ? "int attended = Dual ? updates : 0;" : "int attended = updates;";
    }

    private static string ConditionOf(CompiledModel model, RoutineKind routine, GpuStep launch)
    {
        bool twoForms = model.Program.HasPrimal && model.Program.HasDual && routine != RoutineKind.WriteUpdates;
        return launch.Kernel switch
        {
            { Kind: KernelKind.LinearAttention } => "for (int step = 0; step < attended; step++)",
            { Form: UpdateForm.Primal } when twoForms => "if (!Dual)",
            { Form: UpdateForm.Dual } when twoForms => "if (Dual)",
            _ when launch.OnlyAttended => "if (attended > 0)",
            _ when routine == RoutineKind.BackwardBlock && model.Program.Routines[(int)routine].LeavesBlock(launch.Index) => "if (!lowest)",
            _ => string.Empty,
        };
    }

    /// <summary>Statements, those of one condition together.</summary>
    private static void WriteStatements(CodeWriter code, (string Condition, string Code)[] statements)
    {
        for (int i = 0; i < statements.Length;)
        {
            string condition = statements[i].Condition;
            string[] run = [.. statements.Skip(i).TakeWhile(statement => statement.Condition == condition).Select(statement => statement.Code)];
            if (condition.Length == 0)
                code.Line(string.Join("\n", run));
            else if (run.Length == 1)
                code.Line(condition).Indented(() => code.Line(run[0]));
            else
                code.Block(condition, () => code.Line(string.Join("\n", run)));
            i += run.Length;
        }
    }
}
