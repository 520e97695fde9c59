using System.Globalization;

namespace TinT.Tests.Common;

/// <summary>How well a text in one colour can be read on another, after WCAG 2.1, which asks for 4.5 to 1.</summary>
public static class Contrast
{
    private const double Least = 4.5;

    /// <summary>Fails if the contrast is too low.</summary>
    /// <param name="one">A colour, <c>#rrggbb</c>.</param>
    /// <param name="other">The other.</param>
    /// <param name="what">What they are.</param>
    public static void AssertReadable(string one, string other, string what)
    {
        double[] lights = [.. new[] { Luminance(one), Luminance(other) }.Order()];
        double contrast = (lights[1] + 0.05) / (lights[0] + 0.05);
        Assert.True(contrast >= Least, string.Create(CultureInfo.InvariantCulture, $"{what}, {one} and {other}: {contrast:0.00}"));
    }

    private static double Luminance(string colour)
    {
        double[] parts =
        [
            .. Enumerable.Range(0, 3).Select(
                index => int.Parse(colour.AsSpan(1 + (2 * index), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
                .Select(value => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4)),
        ];
        return (0.2126 * parts[0]) + (0.7152 * parts[1]) + (0.0722 * parts[2]);
    }
}
