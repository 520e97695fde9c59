namespace TinT.Model.Runs;

/// <summary>
/// The order of several inner trainings of the same sequences, each of which gives what a run of <see cref="RunSchedule"/> gives. The forward pass of the
/// model as loaded is made once. For each training part head and loss gradient are; with them the first backward pass, if what it makes is kept (the dual
/// form of the update), else it is made for each training. Behind it each training goes its own way, scored after as many steps as its settings ask for.
/// </summary>
public sealed class SharedSchedule
{
    private readonly int layers;
    private readonly int[] trainedLayers;

    /// <summary>Lays it out.</summary>
    /// <param name="layers">Layers of the auxiliary model.</param>
    /// <param name="trainings">The trainings, those of a training part one behind the other.</param>
    /// <param name="keepsGradients">Whether what the backward pass makes is kept for several trainings.</param>
    public SharedSchedule(int layers, IReadOnlyList<SharedTraining> trainings, bool keepsGradients)
    {
        this.layers = layers;
        Trainings = trainings;
        KeepsGradients = keepsGradients;
        trainedLayers = [.. trainings.Select(training => training.Layers).Distinct().OrderBy(count => count)];
        MostSteps = trainings.Max(training => training.Steps);
    }

    /// <summary>The trainings.</summary>
    public IReadOnlyList<SharedTraining> Trainings { get; }

    /// <summary>Whether what the backward pass makes is kept for several trainings.</summary>
    public bool KeepsGradients { get; }

    /// <summary>Inner steps of the longest training.</summary>
    public int MostSteps { get; }

    /// <summary>Trained layers of the deepest training.</summary>
    public int MostLayers => trainedLayers[trainedLayers.Length - 1];

    /// <summary>Copies of the hidden state and of the loss gradient: the inputs of the lowest trained layers, the last hidden state and, unless gradients are kept, that of the loss.</summary>
    public int Copies => FinalHidden + (KeepsGradients ? 1 : 2);

    private int FinalHidden => trainedLayers.Length;

    private int LossGradient => FinalHidden + 1;

    private int FirstTrained => layers - MostLayers;

    /// <summary>The calls, in order.</summary>
    /// <param name="trains">Whether a training part has a token to train on; asked once the calls have turned to it.</param>
    public IEnumerable<SharedCall> Calls(Func<int, bool> trains)
    {
        foreach (SharedCall call in FirstPass())
            yield return call;
        int first = 0;
        while (first < Trainings.Count)
        {
            int split = Trainings[first].Split;
            int end = first;
            while (end < Trainings.Count && Trainings[end].Split == split)
                end++;
            yield return new SharedCall(SharedAction.TurnToSplit, split);
            yield return new SharedCall(SharedAction.TurnToTraining, first);
            yield return new SharedCall(SharedAction.TurnToSetting, Trainings[first].Settings[0].Setting);
            if (first > 0)
            {
                foreach (SharedCall call in LastHiddenState())
                    yield return call;
            }

            yield return Of(new RoutineCall(RoutineKind.Head, 0, Head: HeadPass.Before));
            foreach (SharedCall call in trains(split) ? Steps(first, end) : Scores(first, end))
                yield return call;
            first = end;
        }
    }

    private static SharedCall Of(RoutineCall routine) => new(SharedAction.Routine, Routine: routine);

    private IEnumerable<SharedCall> FirstPass()
    {
        yield return Of(new RoutineCall(RoutineKind.Embedding, 0));
        for (int layer = 0; layer < layers; layer++)
        {
            int copy = Array.IndexOf(trainedLayers, layers - layer);
            if (copy >= 0)
                yield return new SharedCall(SharedAction.KeepHidden, copy);
            KeptPlace place = layer < FirstTrained ? new KeptPlace(MostSteps, 0) : new KeptPlace(0, layer - FirstTrained);
            yield return Of(new RoutineCall(RoutineKind.ForwardBlock, 0, layer, place));
        }

        yield return new SharedCall(SharedAction.KeepHidden, FinalHidden);
        yield return Of(new RoutineCall(RoutineKind.FinalNorm, 0));
    }

    private IEnumerable<SharedCall> LastHiddenState()
    {
        yield return new SharedCall(SharedAction.RestoreHidden, FinalHidden);
        yield return Of(new RoutineCall(RoutineKind.FinalNorm, 0));
    }

    /// <summary>The scores of trainings that have nothing to train on: those before once more.</summary>
    private IEnumerable<SharedCall> Scores(int first, int end)
    {
        foreach ((_, int setting) in Trainings.Skip(first).Take(end - first).SelectMany(training => training.Settings))
        {
            yield return new SharedCall(SharedAction.TurnToSetting, setting);
            yield return Of(new RoutineCall(RoutineKind.Head, 0, Head: HeadPass.After));
        }
    }

    private IEnumerable<SharedCall> Steps(int first, int end)
    {
        if (KeepsGradients)
        {
            yield return new SharedCall(SharedAction.DescendAll, first);
            foreach (SharedCall call in Backward(Trainings.Skip(first).Take(end - first).Max(training => training.Layers), step: 0))
                yield return call;
        }
        else if (end > first + 1)
        {
            yield return new SharedCall(SharedAction.KeepGradient, LossGradient);
        }

        for (int index = first; index < end; index++)
        {
            SharedTraining training = Trainings[index];
            if (index > first && !KeepsGradients)
            {
                foreach (SharedCall call in LastHiddenState())
                    yield return call;
                yield return new SharedCall(SharedAction.RestoreGradient, LossGradient);
            }

            yield return new SharedCall(SharedAction.TurnToTraining, index);
            if (!KeepsGradients)
            {
                foreach (SharedCall call in Backward(training.Layers, step: 0))
                    yield return call;
            }

            foreach (SharedCall call in After(training))
                yield return call;
        }
    }

    private IEnumerable<SharedCall> Backward(int count, int step)
    {
        yield return Of(new RoutineCall(RoutineKind.FinalNormBackward, step));
        for (int layer = layers - 1; layer >= layers - count; layer--)
            yield return Of(new RoutineCall(RoutineKind.BackwardBlock, step, layer, new KeptPlace(step, layer - FirstTrained), Lowest: layer == layers - count));
    }

    /// <summary>What a training does behind its first step: pass after pass, with scores where settings end and steps up to the last.</summary>
    private IEnumerable<SharedCall> After(SharedTraining training)
    {
        for (int step = 1; step <= training.Steps; step++)
        {
            bool last = step == training.Steps;
            yield return new SharedCall(SharedAction.RestoreHidden, Array.IndexOf(trainedLayers, training.Layers));
            for (int layer = layers - training.Layers; layer < layers; layer++)
            {
                KeptPlace place = last ? new KeptPlace(MostSteps, 0) : new KeptPlace(step, layer - FirstTrained);
                yield return Of(new RoutineCall(RoutineKind.ForwardBlock, step, layer, place));
            }

            yield return Of(new RoutineCall(RoutineKind.FinalNorm, step));
            foreach ((int steps, int setting) in training.Settings)
            {
                if (steps != step)
                    continue;
                yield return new SharedCall(SharedAction.TurnToSetting, setting);
                yield return Of(new RoutineCall(RoutineKind.Head, step, Head: HeadPass.After));
            }

            if (last)
                continue;
            yield return Of(new RoutineCall(RoutineKind.Head, step, Head: HeadPass.Between));
            foreach (SharedCall call in Backward(training.Layers, step))
                yield return call;
        }
    }
}
