using TinT.Model;

namespace TinT.Evaluation.Sweeps;

/// <summary>Settings of the inner training to be tried, each with each: training fractions × layers × steps × learning rates.</summary>
public sealed record Sweep
{
    /// <summary>Parts of each text to train on, each above 0 and below 1; at least one.</summary>
    public IReadOnlyList<double> TrainFractions { get; init; } = [0.5];

    /// <summary>Numbers of trained layers, the top ones; empty for that of the spec.</summary>
    public IReadOnlyList<int> Layers { get; init; } = [];

    /// <summary>Numbers of inner SGD steps; empty for that of the spec.</summary>
    public IReadOnlyList<int> Steps { get; init; } = [];

    /// <summary>Inner learning rates, each finite and from 0; empty for that of the spec.</summary>
    public IReadOnlyList<double> LearningRates { get; init; } = [];

    /// <summary>Every setting, in order: fractions outermost, learning rates innermost.</summary>
    /// <param name="training">The spec's, for what is left to it.</param>
    /// <exception cref="EvaluationException">A value is out of range, or given twice, or there is no fraction.</exception>
    public IReadOnlyList<SweepPoint> Points(TrainingDescription training)
    {
        ArgumentNullException.ThrowIfNull(training);
        Check();
        return
        [
            .. from fraction in TrainFractions
               from layers in Or(Layers, training.Layers)
               from steps in Or(Steps, training.Steps)
               from learningRate in Or(LearningRates, training.LearningRate)
               select new SweepPoint(fraction, layers, steps, learningRate),
        ];
    }

    /// <summary>Makes sure that a fraction leaves something to train on and something to score.</summary>
    internal static void CheckFraction(double fraction)
    {
        // Also refuses NaN.
        if (!(fraction > 0 && fraction < 1))
            throw new EvaluationException(FormattableString.Invariant($"A training fraction must be above 0 and below 1, not {fraction}."));
    }

    private static IReadOnlyList<T> Or<T>(IReadOnlyList<T> values, T specified) => values.Count > 0 ? values : [specified];

    private void Check()
    {
        if (TrainFractions.Count == 0)
            throw new EvaluationException("There is no training fraction; give at least one.");
        RefuseTwice(TrainFractions, "training fraction");
        RefuseTwice(Layers, "number of layers");
        RefuseTwice(Steps, "number of steps");
        RefuseTwice(LearningRates, "learning rate");
        foreach (double fraction in TrainFractions)
            CheckFraction(fraction);
        foreach (int count in Layers.Concat(Steps))
        {
            if (count < 1)
                throw new EvaluationException(FormattableString.Invariant($"Layers and steps are numbers from 1, not {count}."));
        }

        foreach (double learningRate in LearningRates)
        {
            if (!(double.IsFinite(learningRate) && learningRate >= 0))
                throw new EvaluationException(FormattableString.Invariant($"A learning rate must be a number from 0, not {learningRate}."));
        }
    }

    private static void RefuseTwice<T>(IReadOnlyList<T> values, string name)
    {
        if (values.Distinct().Count() < values.Count)
            throw new EvaluationException($"A {name} is given twice; give each once.");
    }
}
