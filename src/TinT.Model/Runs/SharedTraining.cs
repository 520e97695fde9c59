using System.ComponentModel;

namespace TinT.Model.Runs;

/// <summary>One of several inner trainings that share passes; settings that differ in their steps alone are one training, which is scored on its way.</summary>
/// <param name="Split">Index of its training part.</param>
/// <param name="Layers">Trained layers: the top ones.</param>
/// <param name="LearningRate">Inner learning rate.</param>
/// <param name="Settings">The settings that it serves, by steps, the fewest first.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record SharedTraining(int Split, int Layers, double LearningRate, IReadOnlyList<(int Steps, int Setting)> Settings)
{
    /// <summary>Inner steps: the most of its settings.</summary>
    public int Steps => Settings[Settings.Count - 1].Steps;
}
