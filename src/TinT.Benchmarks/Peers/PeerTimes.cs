using System.Globalization;

namespace TinT.Benchmarks.Peers;

/// <summary>Times of two or more sides in alternation; ratios are taken turn by turn.</summary>
/// <param name="Seconds">Of each turn.</param>
internal sealed record PeerTimes(IReadOnlyList<double> Seconds)
{
    /// <summary>Median and range.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Median(Seconds):f3} ({Seconds.Min():f3} – {Seconds.Max():f3})");

    /// <summary>Median and range of the ratio to another side's times.</summary>
    /// <param name="other">The other side, in the same turns.</param>
    public string Over(PeerTimes other)
    {
        double[] ratios = [.. Seconds.Zip(other.Seconds, (ours, theirs) => ours / theirs)];
        return string.Create(CultureInfo.InvariantCulture, $"{Median(ratios):f2} ({ratios.Min():f2} – {ratios.Max():f2})");
    }

    private static double Median(IReadOnlyList<double> values) => values.Order().ElementAt(values.Count / 2);
}
