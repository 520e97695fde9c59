using TinT.Accounting.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs;
using TinT.Model.Runs;

namespace TinT.Accounting.Compiled;

/// <summary>What several inner trainings of one sequence cost that share passes.</summary>
public static class SharedCost
{
    /// <summary>Accounts for them.</summary>
    /// <param name="model">The compiled model.</param>
    /// <param name="runs">One for each training, of the same tokens.</param>
    /// <param name="learningRates">Their learning rates, which tell trainings apart but for the steps.</param>
    /// <returns>The cost for one sequence.</returns>
    public static OperationCost Of(CompiledModel model, IReadOnlyList<PlannedRun> runs, IReadOnlyList<double> learningRates)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(runs);
        UpdateForm form = model.Program.FormOf(runs[0].Tokens);
        int[] splits = [.. runs.Select(run => run.TrainingTokens).Distinct()];
        Dictionary<int, KernelCosts> costs = splits.ToDictionary(
            split => split, split => new KernelCosts(model.Spec, model.Parameters, model.Buffers, runs.First(run => run.TrainingTokens == split), allLogits: false));
        SharedTraining[] trainings =
        [
            .. runs.Index().GroupBy(run => (Split: Array.IndexOf(splits, run.Item.TrainingTokens), run.Item.TrainedLayers, Rate: learningRates[run.Index]))
                .OrderBy(group => group.Key.Split)
                .Select(group => new SharedTraining(
                    group.Key.Split,
                    group.Key.TrainedLayers,
                    group.Key.Rate,
                    [.. group.Select(run => (run.Item.Steps, run.Index)).OrderBy(end => end.Steps)])),
        ];
        SharedSchedule schedule = new(model.Spec.Auxiliary.LayerCount, trainings, keepsGradients: form == UpdateForm.Dual);
        OperationCost total = default;
        int current = 0;
        foreach (SharedCall call in schedule.Calls(split => splits[split] > 0))
        {
            if (call.Action == SharedAction.TurnToSplit)
                current = call.Index;
            else if (call.Action == SharedAction.Routine)
                total += CostOf(model.Program, form, costs[splits[current]], call.Routine);
        }

        return total;
    }

    private static OperationCost CostOf(KernelProgram program, UpdateForm form, KernelCosts costs, RoutineCall call)
    {
        Routine routine = program.Routines[(int)call.Routine];
        OperationCost total = default;
        for (int index = 0; index < routine.Kernels.Count; index++)
        {
            Kernel kernel = routine.Kernels[index];
            if ((call.Lowest && routine.LeavesBlock(index)) || (kernel.Form is { } other && other != form))
                continue;

            // Once for each step that came before.
            total += costs.Of(call.Routine, kernel, call.Head) * (kernel.Kind == KernelKind.LinearAttention ? call.Updates : 1);
        }

        return total;
    }
}
