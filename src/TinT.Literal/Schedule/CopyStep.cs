namespace TinT.Literal.Schedule;

/// <summary>Keeps a signal under another name.</summary>
/// <param name="Input">Signal read.</param>
/// <param name="Output">Signal written.</param>
internal sealed record CopyStep(string Input, string Output) : RunStep;
