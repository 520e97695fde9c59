namespace TinT.Literal.Schedule;

/// <summary>One step of a whole run. It reads and writes signals, each of which is a number of rows [T, D], or logits [T, vocabulary].</summary>
internal abstract record RunStep;
