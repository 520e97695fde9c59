namespace TinT.Evaluation.InContext.Protocol;

/// <summary>One setting of the inner training.</summary>
/// <param name="Layers">Trained layers, the top ones.</param>
/// <param name="Steps">Inner steps.</param>
/// <param name="LearningRate">Inner learning rate; gradients are summed over tokens.</param>
public readonly record struct InnerSetting(int Layers, int Steps, double LearningRate);
