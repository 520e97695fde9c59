namespace TinT.Reports.Html;

/// <summary>A plot over two axes: bands, lines and points, drawn in the order of calls. What lies beyond an axis stands at its edge.</summary>
public sealed class Plot
{
    private const double Left = 58, Right = 12, Top = 26, Bottom = 42, Width = 560, Height = 330, LeastWidth = 420;

    private readonly PlotAxis x;
    private readonly PlotAxis y;

    /// <summary>Creates a plot with its axes.</summary>
    /// <param name="x">The axis to the right.</param>
    /// <param name="y">The axis upwards.</param>
    /// <param name="label">What it shows, for readers who do not see it.</param>
    public Plot(PlotAxis x, PlotAxis y, string label)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        (this.x, this.y) = (x, y);
        Drawing = new SvgDrawing(Width, Height, label, LeastWidth);
        foreach (double tick in x.Ticks())
            Drawing.Line(X(tick), Top, X(tick), Height - Bottom).Label(X(tick), Height - Bottom + 15, x.Format(tick), SvgAnchor.Middle, "faint");
        foreach (double tick in y.Ticks())
            Drawing.Line(Left, Y(tick), Width - Right, Y(tick)).Label(Left - 6, Y(tick) + 4, y.Format(tick), SvgAnchor.End, "faint");
        Drawing.Label((Left + Width - Right) / 2, Height - 8, x.Title, SvgAnchor.Middle).Label(4, Top - 12, y.Title);
    }

    /// <summary>The picture.</summary>
    public SvgDrawing Drawing { get; }

    /// <summary>Adds a band between two heights at each point; points where either is not finite are left out.</summary>
    /// <param name="points">From left to right.</param>
    /// <param name="styleClass"><c>c0</c> … <c>c7</c>.</param>
    public Plot Band(IEnumerable<(double X, double Low, double High)> points, string styleClass)
    {
        (double X, double Low, double High)[] finite = [.. points.Where(point => double.IsFinite(point.Low) && double.IsFinite(point.High))];
        if (finite.Length > 1)
            Drawing.Polygon([.. finite.Select(point => (X(point.X), Y(point.High))), .. finite.Reverse().Select(point => (X(point.X), Y(point.Low)))], styleClass);
        return this;
    }

    /// <summary>Adds a line with a mark at each point; points whose height is not finite are left out.</summary>
    /// <param name="points">From left to right, with what is shown when a pointer rests on them.</param>
    /// <param name="styleClass"><c>c0</c> … <c>c7</c>.</param>
    /// <param name="isDashed">Whether it is dashed.</param>
    /// <param name="radius">Radius of the marks.</param>
    public Plot Line(IEnumerable<(double X, double Y, string Tip)> points, string styleClass, bool isDashed = false, double radius = 3)
    {
        (double X, double Y, string Tip)[] finite = [.. points.Where(point => double.IsFinite(point.Y))];
        Drawing.Polyline([.. finite.Select(point => (X(point.X), Y(point.Y)))], styleClass, isDashed);
        return Points(finite, styleClass, radius);
    }

    /// <summary>Adds points; those that are not finite are left out.</summary>
    /// <param name="points">The points, with what is shown when a pointer rests on them.</param>
    /// <param name="styleClass"><c>c0</c> … <c>c7</c>.</param>
    /// <param name="radius">Their radius.</param>
    public Plot Points(IEnumerable<(double X, double Y, string Tip)> points, string styleClass, double radius = 2.5)
    {
        ArgumentNullException.ThrowIfNull(points);
        foreach ((double pointX, double pointY, string tip) in points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y)))
            Drawing.Circle(X(pointX), Y(pointY), radius, styleClass, tip);
        return this;
    }

    /// <summary>Adds the line of equal values, or of a height.</summary>
    /// <param name="height">The height; <see langword="null"/> for equal values.</param>
    public Plot Reference(double? height = null)
    {
        if (height is { } level)
        {
            Drawing.Polyline([(Left, Y(level)), (Width - Right, Y(level))], "reference", isDashed: true);
            return this;
        }

        double low = Math.Max(x.Low, y.Low);
        double high = Math.Min(x.High, y.High);
        Drawing.Polyline([(X(low), Y(low)), (X(high), Y(high))], "reference", isDashed: true);
        return this;
    }

    private double X(double value) => Left + (Math.Clamp(x.Of(value), 0, 1) * (Width - Left - Right));

    private double Y(double value) => Height - Bottom - (Math.Clamp(y.Of(value), 0, 1) * (Height - Top - Bottom));
}
