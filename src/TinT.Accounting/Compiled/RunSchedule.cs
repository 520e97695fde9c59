using TinT.Compiler.Lowering;
using TinT.Runtime.Execution;

namespace TinT.Accounting.Compiled;

/// <summary>The routines that a compiled simulator calls for one sequence, in order.</summary>
public static class RunSchedule
{
    /// <summary>The calls.</summary>
    /// <param name="layerCount">Layers of the auxiliary model.</param>
    /// <param name="run">The run.</param>
    public static IEnumerable<RoutineCall> Of(int layerCount, PlannedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        int firstTrained = layerCount - run.TrainedLayers;
        IEnumerable<RoutineCall> Forward(int first, int end, int pass) =>
            Enumerable.Range(first, end - first).Select(layer => new RoutineCall(RoutineKind.ForwardBlock, layer, pass));
        List<RoutineCall> calls =
        [
            new(RoutineKind.Embedding, null, 0),
            .. Forward(0, firstTrained, 0),
            new(RoutineKind.KeepTrainedInput, null, 0),
        ];
        int steps = run.TrainingTokens > 0 ? run.Steps : 1;
        for (int step = 0; step < steps; step++)
        {
            if (step > 0)
                calls.Add(new RoutineCall(RoutineKind.RestoreTrainedInput, null, step));
            calls.AddRange(Forward(firstTrained, layerCount, step));
            calls.Add(new RoutineCall(RoutineKind.FinalNorm, null, step));
            calls.Add(new RoutineCall(RoutineKind.Head, null, step, step == 0 ? HeadPass.Before : HeadPass.Between));
            if (run.TrainingTokens == 0)
                break;
            calls.Add(new RoutineCall(RoutineKind.FinalNormBackward, null, step));
            for (int layer = layerCount - 1; layer >= firstTrained; layer--)
                calls.Add(new RoutineCall(RoutineKind.BackwardBlock, layer, step, null, Lowest: layer == firstTrained));
        }

        // Without training tokens no step has come before the last pass.
        int updates = run.TrainingTokens > 0 ? steps : 0;
        calls.Add(new RoutineCall(RoutineKind.RestoreTrainedInput, null, updates));
        calls.AddRange(Forward(firstTrained, layerCount, updates));
        calls.Add(new RoutineCall(RoutineKind.FinalNorm, null, updates));
        calls.Add(new RoutineCall(RoutineKind.Head, null, updates, HeadPass.After));
        return calls;
    }
}
