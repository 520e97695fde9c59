namespace TinT.Reports.Tables;

/// <summary>A table of text, ready to be rendered.</summary>
/// <param name="Title">One line above.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Groups">Rows in groups, to be set apart; every row has one cell a column.</param>
/// <param name="Notes">Lines below.</param>
public sealed record ReportTable(
    string Title,
    IReadOnlyList<ReportColumn> Columns,
    IReadOnlyList<IReadOnlyList<ReportRow>> Groups,
    IReadOnlyList<string> Notes);
