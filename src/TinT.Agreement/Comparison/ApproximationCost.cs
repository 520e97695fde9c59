namespace TinT.Agreement.Comparison;

/// <summary>How close TinT, with some approximations made exact, is to exact SGD on the parameters that TinT updates.</summary>
/// <param name="Approximation">What was made exact.</param>
/// <param name="Weights">Changes of all weights together.</param>
/// <param name="Logits">Change of the logits.</param>
/// <param name="Parameters">Each tensor; layers first, then as in the model.</param>
public sealed record ApproximationCost(
    Approximation Approximation, Closeness Weights, Closeness Logits, IReadOnlyList<ParameterCloseness> Parameters);
