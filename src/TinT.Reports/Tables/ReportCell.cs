namespace TinT.Reports.Tables;

/// <summary>A cell of a table.</summary>
/// <param name="Text">Plain text, complete without the emphasis.</param>
/// <param name="Emphasis">How to show it where styles are possible.</param>
public sealed record ReportCell(string Text, CellEmphasis Emphasis = CellEmphasis.None);
