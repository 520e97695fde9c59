namespace TinT.Reports.Tables;

/// <summary>A column of a table.</summary>
/// <param name="Header">What it holds.</param>
/// <param name="IsNumeric">Whether its cells are aligned to the right.</param>
public sealed record ReportColumn(string Header, bool IsNumeric);
