using TinT.Compiler.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;
using TinT.Model.Runs;

namespace TinT.Compiler.Emission;

/// <summary>Writes one routine of the simulator: the calls of its kernels, in order, for all sequences at once or for one after another.</summary>
internal static class RoutineWriter
{
    public static void Write(CodeWriter code, CompiledModel model, RoutineKind routine)
    {
        Routine body = model.Program.Routines[(int)routine];
        List<RoutineStatement> statements = [.. Enumerable.Range(0, body.Kernels.Count).Select(i => Statement(model, body, i))];
        code.Block(Signature(routine), () =>
        {
            foreach (string local in Locals(model, routine, statements))
                code.Line(local);
            for (int i = 0; i < statements.Count;)
            {
                RoutineStatement[] run = [.. statements.Skip(i).TakeWhile(s => s.PerSequence == statements[i].PerSequence)];
                if (run[0].PerSequence && routine != RoutineKind.WriteUpdates)
                    WriteLoop(code, routine, run, model.Timed);
                else
                    WriteConditions(code, run, model.Timed, string.Empty);
                i += run.Length;
            }
        });
    }

    /// <summary>How the base class calls a routine.</summary>
    private static string Signature(RoutineKind routine) => routine switch
    {
        RoutineKind.Embedding => "protected override void Embedding()",
        RoutineKind.ForwardBlock => "protected override void ForwardBlock(int layer, int updates, KeptPlace place)",
        RoutineKind.FinalNorm => "protected override void FinalNorm(int updates)",
        RoutineKind.Head => "protected override void Head(HeadPass pass)",
        RoutineKind.FinalNormBackward => "protected override void FinalNormBackward(int updates)",
        RoutineKind.BackwardBlock => "protected override void BackwardBlock(int layer, int updates, KeptPlace place, bool lowest)",
        RoutineKind.WriteUpdates => "protected override void WriteUpdates(SequenceRun run, int layer, int updates, KeptPlace place)",
        _ => throw new InvalidOperationException($"{routine} is not written kernel by kernel."),
    };

    private static IEnumerable<string> Locals(CompiledModel model, RoutineKind routine, List<RoutineStatement> statements)
    {
        bool Uses(string name) => statements.Any(s => s.Code.Contains(name));
        bool block = routine is RoutineKind.ForwardBlock or RoutineKind.BackwardBlock;
        bool writes = routine == RoutineKind.WriteUpdates;
        if (block)
            yield return "Group.ThrowIfCancelled();";
        if (Uses("memory."))
            yield return "MemorySlot memory = Memory(place);";
        string changing = WeightsWriter.Holds(model, Layout.ParameterRegion.TrainedModel) ? "updates == 0 ? StoredModel : UpdatedModel" : "StoredModel";
        if (writes)
            yield return "BlockWeights weights = updates == 0 ? StoredBlock(layer) : UpdatedBlock(layer);";
        else if (Uses("weights."))
            yield return block
                ? "BlockWeights weights = Block(layer, updates);"
                : $"ModelWeights weights = {(routine == RoutineKind.Embedding ? "StoredModel" : changing)};";
        if (Uses("updated."))
            yield return block || writes ? "BlockWeights updated = UpdatedBlock(layer);" : "ModelWeights updated = UpdatedModel;";
        if (Uses("< attended;"))
            yield return model.Program.HasPrimal ? "int attended = Group.Dual ? updates : 0;" : "int attended = updates;";
    }

    private static void WriteLoop(CodeWriter code, RoutineKind routine, RoutineStatement[] statements, bool timed)
    {
        string arguments = routine is RoutineKind.ForwardBlock or RoutineKind.BackwardBlock ? "run, layer, " : "run, ";
        string type = routine is RoutineKind.ForwardBlock or RoutineKind.BackwardBlock ? "OwnBlockWeights" : "OwnModelWeights";
        string name = type.Replace("Weights", string.Empty);
        bool Uses(string prefix) => statements.Any(s => s.Code.Contains(prefix));
        void Body()
        {
            if (Uses(" own.") || Uses("(own."))
                code.Line($"{type} own = {name}({arguments}updates);");
            WriteConditions(code, statements, timed, $"{type} moved = Moved{name.Substring("Own".Length)}({arguments}descent);");
        }

        const string head = "foreach (SequenceRun run in Group.Sequences)";
        if (statements.Length == 1 && !Uses(" own.") && !timed)
            code.Line(head).Indented(Body);
        else
            code.Block(head, Body);
    }

    private static void WriteConditions(CodeWriter code, RoutineStatement[] statements, bool timed, string moved)
    {
        for (int i = 0; i < statements.Length;)
        {
            string condition = statements[i].Condition;
            RoutineStatement[] run = [.. statements.Skip(i).TakeWhile(s => s.Condition == condition)];
            void Body()
            {
                foreach (RoutineStatement statement in run)
                    WriteStatement(code, statement, moved);
            }

            if (condition.Length == 0)
                Body();
            else if (run.Length == 1 && !timed)
                code.Line(condition).Indented(Body);
            else
                code.Block(condition, Body);
            i += run.Length;
        }
    }

    /// <summary>A statement; what a sequence has for itself moves once for each training that shares the pass.</summary>
    private static void WriteStatement(CodeWriter code, RoutineStatement statement, string moved)
    {
        if (!statement.Code.Contains("descent."))
        {
            code.Line(statement.Code);
            return;
        }

        code.Block("foreach (OwnDescent descent in Group.Descents)", () =>
        {
            code.Line(moved);
            code.Line(statement.Code);
        });
    }

    private static RoutineStatement Statement(CompiledModel model, Routine routine, int index)
    {
        Kernel kernel = routine.Kernels[index];
        var call = new CpuCall(model, routine.Kind, kernel);
        bool twoForms = model.Program.HasPrimal && model.Program.HasDual;
        string condition = (kernel.Kind, kernel.Form) switch
        {
            (KernelKind.LinearAttention, _) => string.Empty,
            (_, Specs.UpdateForm.Primal) when twoForms => "if (!Group.Dual)",
            (_, Specs.UpdateForm.Dual) when twoForms && routine.Kind != RoutineKind.WriteUpdates => "if (Group.Dual)",
            _ when routine.Kind == RoutineKind.BackwardBlock && routine.LeavesBlock(index) => "if (!lowest)",
            _ => string.Empty,
        };
        return new RoutineStatement(call.PerSequence, condition, call.Text(Mark(model, routine.Kind, index)));
    }

    /// <summary>The mark behind a kernel of a simulator that tells times.</summary>
    public static string Mark(CompiledModel model, RoutineKind routine, int index)
    {
        if (!model.Timed)
            return string.Empty;
        string number = Identifiers.Integer(KernelNumbers.Of(model.Program, routine, index));
        return $"clock.Mark({number}{(model.Program[routine][index].Kind == KernelKind.Head ? " + (int)pass" : string.Empty)});";
    }
}
