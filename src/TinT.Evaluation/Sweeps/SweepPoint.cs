namespace TinT.Evaluation.Sweeps;

/// <summary>One setting of the inner training.</summary>
/// <param name="TrainFraction">Part of each text to train on.</param>
/// <param name="Layers">Trained layers.</param>
/// <param name="Steps">Inner SGD steps.</param>
/// <param name="LearningRate">Inner learning rate.</param>
public sealed record SweepPoint(double TrainFraction, int Layers, int Steps, double LearningRate);
