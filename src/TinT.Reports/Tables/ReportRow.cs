namespace TinT.Reports.Tables;

/// <summary>A row of a table.</summary>
/// <param name="Cells">One cell a column.</param>
public sealed record ReportRow(IReadOnlyList<ReportCell> Cells);
