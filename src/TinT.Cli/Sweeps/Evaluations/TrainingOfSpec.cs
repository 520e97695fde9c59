using TinT.Evaluation.Sweeps;
using TinT.Model;

namespace TinT.Cli.Sweeps.Evaluations;

/// <summary>The inner training that a spec asks for, which speed is measured with.</summary>
/// <param name="training">The spec's.</param>
internal sealed class TrainingOfSpec(TrainingDescription training)
{
    /// <summary>As a setting.</summary>
    /// <param name="fraction">Part of the tokens that trains.</param>
    public SweepPoint Point(double fraction) => new(fraction, training.Layers, training.Steps, training.LearningRate);
}
