using TinT.Reports.Html;

namespace TinT.Reports.Perplexity;

/// <summary>A plot of a page.</summary>
/// <param name="Name">Its name, as a file can have it.</param>
/// <param name="Heading">Its heading.</param>
/// <param name="Drawing">The picture.</param>
/// <param name="Caption">The line below it.</param>
/// <param name="Legend">What its colours stand for.</param>
public sealed record NamedPlot(string Name, string Heading, SvgDrawing Drawing, string Caption, PlotLegend Legend);
