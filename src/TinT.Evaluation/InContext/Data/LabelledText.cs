namespace TinT.Evaluation.InContext.Data;

/// <summary>A row of a data set.</summary>
/// <param name="Text">The text.</param>
/// <param name="Label">Index of its class.</param>
public sealed record LabelledText(string Text, int Label);
