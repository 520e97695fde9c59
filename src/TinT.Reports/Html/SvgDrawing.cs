using System.Globalization;
using System.Xml.Linq;

namespace TinT.Reports.Html;

/// <summary>A picture in a page, drawn in the page's colours. Lengths are in CSS pixels; in a figure it takes the width of the page, up to its own.</summary>
public sealed class SvgDrawing
{
    private static readonly XNamespace svg = "http://www.w3.org/2000/svg";
    private readonly XElement root;

    /// <summary>Creates an empty picture.</summary>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    /// <param name="label">What it shows, for readers who do not see it; empty if the text beside it says so.</param>
    /// <param name="leastWidth">On narrower pages its texts could not be read: it is scrolled there.</param>
    public SvgDrawing(double width, double height, string label, double leastWidth = 640)
    {
        ArgumentNullException.ThrowIfNull(label);
        root = new XElement(
            svg + "svg",
            new XAttribute("width", Number(width)),
            new XAttribute("height", Number(height)),
            new XAttribute("viewBox", $"0 0 {Number(width)} {Number(height)}"),
            new XAttribute("style", $"max-width: {Number(width)}px; min-width: {Number(Math.Min(width, leastWidth))}px"));
        if (label.Length > 0)
            root.Add(new XAttribute("role", "img"), new XAttribute("aria-label", HtmlPage.Clean(label)));
        else
            root.Add(new XAttribute("aria-hidden", "true"));
    }

    /// <summary>Adds a rectangle.</summary>
    /// <param name="x">Left side.</param>
    /// <param name="y">Upper side.</param>
    /// <param name="width">Width.</param>
    /// <param name="height">Height.</param>
    /// <param name="styleClass"><c>c0</c> … <c>c7</c>, <c>quiet</c>, <c>whisker</c> or <c>frame</c>.</param>
    /// <param name="tip">Shown when a pointer rests on it; <see langword="null"/> for none.</param>
    public SvgDrawing Rectangle(double x, double y, double width, double height, string styleClass, string? tip = null)
    {
        Add(CreateRectangle(x, y, width, height), tip, new XAttribute("class", styleClass));
        return this;
    }

    /// <summary>Adds a rectangle of a colour of its own, as in a heat map.</summary>
    /// <param name="x">Left side.</param>
    /// <param name="y">Upper side.</param>
    /// <param name="width">Width.</param>
    /// <param name="height">Height.</param>
    /// <param name="red">Red, 0 … 255.</param>
    /// <param name="green">Green.</param>
    /// <param name="blue">Blue.</param>
    /// <param name="tip">Shown when a pointer rests on it; <see langword="null"/> for none.</param>
    public SvgDrawing Rectangle(double x, double y, double width, double height, byte red, byte green, byte blue, string? tip = null)
    {
        Add(CreateRectangle(x, y, width, height), tip, new XAttribute("fill", string.Create(CultureInfo.InvariantCulture, $"#{red:x2}{green:x2}{blue:x2}")));
        return this;
    }

    /// <summary>Adds a line of text.</summary>
    /// <param name="x">Where it starts, ends or has its middle.</param>
    /// <param name="y">Its base line.</param>
    /// <param name="text">The text.</param>
    /// <param name="anchor">What lies at <paramref name="x"/>.</param>
    /// <param name="styleClass"><c>faint</c>, <c>on-colour</c> for dark on light cells, or empty.</param>
    public SvgDrawing Label(double x, double y, string text, SvgAnchor anchor = SvgAnchor.Start, string styleClass = "")
    {
        XElement element = new(svg + "text", new XAttribute("x", Number(x)), new XAttribute("y", Number(y)), HtmlPage.Clean(text));
        if (anchor != SvgAnchor.Start)
            element.Add(new XAttribute("text-anchor", anchor == SvgAnchor.Middle ? "middle" : "end"));
        if (styleClass.Length > 0)
            element.Add(new XAttribute("class", styleClass));
        root.Add(element);
        return this;
    }

    /// <summary>Adds a straight line.</summary>
    /// <param name="x1">Left end.</param>
    /// <param name="y1">Its height.</param>
    /// <param name="x2">Right end.</param>
    /// <param name="y2">Its height.</param>
    public SvgDrawing Line(double x1, double y1, double x2, double y2)
    {
        root.Add(new XElement(
            svg + "line",
            new XAttribute("x1", Number(x1)),
            new XAttribute("y1", Number(y1)),
            new XAttribute("x2", Number(x2)),
            new XAttribute("y2", Number(y2)),
            new XAttribute("class", "line")));
        return this;
    }

    /// <summary>Adds a line through points.</summary>
    /// <param name="points">Its points.</param>
    /// <param name="styleClass"><c>c0</c> … <c>c7</c>, or <c>reference</c>.</param>
    /// <param name="isDashed">Whether it is dashed.</param>
    public SvgDrawing Polyline(IReadOnlyList<(double X, double Y)> points, string styleClass, bool isDashed = false)
    {
        if (points is { Count: > 1 })
            root.Add(new XElement(svg + "polyline", Points(points), new XAttribute("class", $"stroke {(isDashed ? "dashed " : string.Empty)}{styleClass}")));
        return this;
    }

    /// <summary>Adds a surface that lets what lies below it shine through.</summary>
    /// <param name="points">Its corners.</param>
    /// <param name="styleClass"><c>c0</c> … <c>c7</c>.</param>
    public SvgDrawing Polygon(IReadOnlyList<(double X, double Y)> points, string styleClass)
    {
        root.Add(new XElement(svg + "polygon", Points(points), new XAttribute("class", $"band {styleClass}")));
        return this;
    }

    /// <summary>Adds a circle.</summary>
    /// <param name="x">Its centre.</param>
    /// <param name="y">Its centre.</param>
    /// <param name="radius">Its radius.</param>
    /// <param name="styleClass"><c>c0</c> … <c>c7</c>.</param>
    /// <param name="tip">Shown when a pointer rests on it; <see langword="null"/> for none.</param>
    public SvgDrawing Circle(double x, double y, double radius, string styleClass, string? tip = null)
    {
        XElement circle = new(svg + "circle", new XAttribute("cx", Number(x)), new XAttribute("cy", Number(y)), new XAttribute("r", Number(radius)));
        Add(circle, tip, new XAttribute("class", styleClass));
        return this;
    }

    /// <summary>The picture as a file of its own, with the page's colours in it.</summary>
    public override string ToString()
    {
        XElement own = new(root);
        own.AddFirst(
            new XElement(svg + "style", HtmlStyle.Text),
            new XElement(svg + "rect", new XAttribute("width", "100%"), new XAttribute("height", "100%"), new XAttribute("style", "fill: var(--paper)")));
        return own.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    /// <summary>The picture as an element of a page.</summary>
    internal XElement ToElement() => new(root);

    private static XElement CreateRectangle(double x, double y, double width, double height) => new(
        svg + "rect",
        new XAttribute("x", Number(x)),
        new XAttribute("y", Number(y)),
        new XAttribute("width", Number(width)),
        new XAttribute("height", Number(height)));

    private static XAttribute Points(IEnumerable<(double X, double Y)> points) =>
        new("points", string.Join(' ', points.Select(point => $"{Number(point.X)},{Number(point.Y)}")));

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private void Add(XElement shape, string? tip, XAttribute style)
    {
        shape.Add(style);
        if (tip is not null)
            shape.Add(new XElement(svg + "title", HtmlPage.Clean(tip)));
        root.Add(shape);
    }
}
