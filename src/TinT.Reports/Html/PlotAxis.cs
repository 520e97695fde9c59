using System.Globalization;

namespace TinT.Reports.Html;

/// <summary>An axis of a plot.</summary>
/// <param name="Title">What it shows, with its unit.</param>
/// <param name="Low">Value at its start.</param>
/// <param name="High">Value at its end.</param>
/// <param name="IsLogarithmic">Whether equal lengths are equal factors.</param>
public sealed record PlotAxis(string Title, double Low, double High, bool IsLogarithmic = false)
{
    private const int MostTicks = 7;

    /// <summary>An axis with room around values; what is not finite does not count.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="values">The values.</param>
    /// <param name="isLogarithmic">Whether equal lengths are equal factors; values are above 0 then.</param>
    public static PlotAxis Around(string title, IEnumerable<double> values, bool isLogarithmic = false)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        if (finite.Length == 0)
            finite = [0.5, 1];
        double low = isLogarithmic ? Math.Log(finite.Min()) : finite.Min();
        double high = isLogarithmic ? Math.Log(finite.Max()) : finite.Max();
        double room = high > low ? 0.06 * (high - low) : Math.Max(0.1, 0.1 * Math.Abs(high));
        return isLogarithmic ? new PlotAxis(title, Math.Exp(low - room), Math.Exp(high + room), true) : new PlotAxis(title, low - room, high + room);
    }

    /// <summary>Where a value lies: 0 at the start, 1 at the end.</summary>
    /// <param name="value">The value.</param>
    public double Of(double value) => IsLogarithmic
        ? (Math.Log(value) - Math.Log(Low)) / (Math.Log(High) - Math.Log(Low))
        : (value - Low) / (High - Low);

    /// <summary>Round values along the axis.</summary>
    internal IEnumerable<double> Ticks()
    {
        if (IsLogarithmic)
        {
            int[][] digits = [[1], [1, 3], [1, 2, 5], [1, 2, 3, 4, 5, 6, 7, 8, 9]];
            return digits.Select(each => Logarithmic(each).ToArray()).FirstOrDefault(ticks => ticks.Length >= 3) ?? [Low, High];
        }

        double unit = Math.Pow(10, Math.Floor(Math.Log10((High - Low) / MostTicks)));
        double step = new[] { 1, 2, 2.5, 5, 10 }.Select(factor => factor * unit).First(step => (High - Low) / step <= MostTicks);
        return Enumerable.Range((int)Math.Ceiling(Low / step), MostTicks + 1).Select(index => index * step).TakeWhile(value => value <= High);
    }

    /// <summary>A tick as text.</summary>
    internal string Format(double tick) => IsLogarithmic && (tick < 0.01 || tick >= 1e4)
        ? tick.ToString("0.#e-0", CultureInfo.InvariantCulture)
        : Math.Round(tick, 9).ToString("G6", CultureInfo.InvariantCulture).Replace("-", "−", StringComparison.Ordinal);

    private IEnumerable<double> Logarithmic(int[] digits)
    {
        for (int exponent = (int)Math.Floor(Math.Log10(Low)); exponent <= Math.Log10(High); exponent++)
        {
            foreach (int digit in digits)
            {
                double value = digit * Math.Pow(10, exponent);
                if (value >= Low && value <= High)
                    yield return value;
            }
        }
    }
}
