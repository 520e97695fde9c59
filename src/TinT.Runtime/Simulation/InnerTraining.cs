namespace TinT.Runtime.Simulation;

/// <summary>The inner training of one run: the spec's values with the run's overrides applied and checked.</summary>
/// <param name="Steps">Inner SGD steps, at least 1.</param>
/// <param name="Layers">Trained layers, the top n, at least 1.</param>
/// <param name="LearningRate">Inner learning rate, finite; gradients are summed over tokens.</param>
public readonly record struct InnerTraining(int Steps, int Layers, double LearningRate);
