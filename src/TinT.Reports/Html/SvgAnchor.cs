namespace TinT.Reports.Html;

/// <summary>Which point of a text lies at its place.</summary>
public enum SvgAnchor
{
    /// <summary>Its start.</summary>
    Start,

    /// <summary>Its middle.</summary>
    Middle,

    /// <summary>Its end.</summary>
    End,
}
