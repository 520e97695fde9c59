namespace TinT.Evaluation.InContext.Protocol;

/// <summary>The scores of a run.</summary>
/// <param name="Key">What was run.</param>
/// <param name="Rows">The queries, by their rows.</param>
/// <param name="Labels">Their classes.</param>
/// <param name="Scores">log p of each class for each query, in nats, [queries][classes].</param>
/// <param name="Premise">The same for the premise, which calibrates, [classes].</param>
public sealed record InContextRun(RunKey Key, IReadOnlyList<int> Rows, IReadOnlyList<int> Labels, IReadOnlyList<double[]> Scores, double[] Premise)
{
    /// <summary>Classes.</summary>
    public int ClassCount => Premise.Length;

    /// <summary>Scores as predictions are made of them: less those of the premise where they are calibrated.</summary>
    /// <param name="calibration">Whether.</param>
    public IEnumerable<double[]> ScoresOf(Calibration calibration) => calibration == Calibration.Plain
        ? Scores
        : Scores.Select(scores => scores.Zip(Premise, (score, premise) => score - premise).ToArray());

    /// <summary>The predictions of a run.</summary>
    /// <param name="calibration">Whether scores are calibrated.</param>
    public Predictions Predict(Calibration calibration) => Predictions.Of([.. ScoresOf(calibration)], Labels);
}
