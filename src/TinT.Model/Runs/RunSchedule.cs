namespace TinT.Model.Runs;

/// <summary>
/// The order of a run: embedding; forward over all layers, final norm and head; then, for every inner step, backward through the final norm and the
/// trained layers from the top with their descents, and forward again over the trained layers. Buffers are planned, costs counted and simulators run by it.
/// </summary>
public static class RunSchedule
{
    /// <summary>The routines that a run calls, in order.</summary>
    /// <param name="layers">Layers of the auxiliary model.</param>
    /// <param name="trainedLayers">Layers that are trained: the top ones.</param>
    /// <param name="steps">Inner steps.</param>
    /// <param name="trains">Whether there is a token to train on; if not, the run has its first pass and its last.</param>
    public static IEnumerable<RoutineCall> Of(int layers, int trainedLayers, int steps, bool trains = true)
    {
        int firstTrained = layers - trainedLayers;
        KeptPlace nowhere = new(steps, 0);
        yield return new RoutineCall(RoutineKind.Embedding, 0);
        for (int layer = 0; layer < firstTrained; layer++)
            yield return new RoutineCall(RoutineKind.ForwardBlock, 0, Layer: layer, Place: nowhere);
        yield return new RoutineCall(RoutineKind.KeepTrainedInput, 0);
        for (int step = 0; step < steps; step++)
        {
            if (step > 0)
                yield return new RoutineCall(RoutineKind.RestoreTrainedInput, step);
            for (int layer = firstTrained; layer < layers; layer++)
                yield return new RoutineCall(RoutineKind.ForwardBlock, step, Layer: layer, Place: new KeptPlace(step, layer - firstTrained));
            yield return new RoutineCall(RoutineKind.FinalNorm, step);
            yield return new RoutineCall(RoutineKind.Head, step, Head: step == 0 ? HeadPass.Before : HeadPass.Between);
            if (!trains)
                break;
            yield return new RoutineCall(RoutineKind.FinalNormBackward, step);
            for (int layer = layers - 1; layer >= firstTrained; layer--)
                yield return new RoutineCall(RoutineKind.BackwardBlock, step, layer, new KeptPlace(step, layer - firstTrained), Lowest: layer == firstTrained);
        }

        int updates = trains ? steps : 0;
        yield return new RoutineCall(RoutineKind.RestoreTrainedInput, updates);
        for (int layer = firstTrained; layer < layers; layer++)
            yield return new RoutineCall(RoutineKind.ForwardBlock, updates, Layer: layer, Place: nowhere);
        yield return new RoutineCall(RoutineKind.FinalNorm, updates);
        yield return new RoutineCall(RoutineKind.Head, updates, Head: HeadPass.After);
    }

    /// <summary>The routines of one forward pass of the model as it is.</summary>
    /// <param name="layers">Layers of the auxiliary model.</param>
    public static IEnumerable<RoutineCall> Score(int layers)
    {
        yield return new RoutineCall(RoutineKind.Embedding, 0);
        for (int layer = 0; layer < layers; layer++)
            yield return new RoutineCall(RoutineKind.ForwardBlock, 0, Layer: layer, Place: new KeptPlace(1, 0));
        yield return new RoutineCall(RoutineKind.FinalNorm, 0);
        yield return new RoutineCall(RoutineKind.Head, 0, Head: HeadPass.After);
    }

    /// <summary>The routines of the inner steps alone: those of a run up to the last descent, without the logits and losses before.</summary>
    /// <param name="layers">Layers of the auxiliary model.</param>
    /// <param name="trainedLayers">Layers that are trained: the top ones.</param>
    /// <param name="steps">Inner steps.</param>
    public static IEnumerable<RoutineCall> Learn(int layers, int trainedLayers, int steps) => Of(layers, trainedLayers, steps)
        .TakeWhile(call => call.Routine != RoutineKind.RestoreTrainedInput || call.Updates < steps)
        .Select(call => call.Head is null ? call : call with { Head = HeadPass.Between });

    /// <summary>The routines that write the updated weights behind a run in the dual form, from what its passes kept.</summary>
    /// <param name="layers">Layers of the auxiliary model.</param>
    /// <param name="trainedLayers">Layers that are trained: the top ones.</param>
    /// <param name="steps">Inner steps.</param>
    public static IEnumerable<RoutineCall> Updates(int layers, int trainedLayers, int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            for (int depth = 0; depth < trainedLayers; depth++)
                yield return new RoutineCall(RoutineKind.WriteUpdates, step, Layer: layers - trainedLayers + depth, Place: new KeptPlace(step, depth));
        }
    }
}
