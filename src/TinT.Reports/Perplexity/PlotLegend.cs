namespace TinT.Reports.Perplexity;

/// <summary>What the colours of a plot stand for.</summary>
public enum PlotLegend
{
    /// <summary>The methods.</summary>
    Methods,

    /// <summary>The training fractions.</summary>
    Fractions,
}
