namespace TinT.Reports.Tables;

/// <summary>What is remarkable about a cell.</summary>
public enum CellEmphasis
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The best of several.</summary>
    Best,

    /// <summary>No usable number.</summary>
    Warning,
}
