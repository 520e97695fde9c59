namespace TinT.Literal.Schedule;

/// <summary>Where a signal lies in the tokens' embeddings.</summary>
/// <param name="Signal">The signal, [T, D].</param>
/// <param name="Start">First coordinate.</param>
internal readonly record struct SignalPlace(string Signal, int Start);
