using TinT.Compiler.Specs.Fields;

namespace TinT.Compiler.Specs.Rules;

/// <summary>Names valid values near a wrong one.</summary>
internal static class Advice
{
    /// <summary>The nearest value below and the nearest above: <c>4 or 12</c>.</summary>
    public static string Neighbours(int wrong, IEnumerable<int> valid)
    {
        int[] values = valid.ToArray();
        int[] neighbours =
        [
            .. values.Where(value => value < wrong).OrderByDescending(value => value).Take(1),
            .. values.Where(value => value > wrong).OrderBy(value => value).Take(1),
        ];
        return string.Join(" or ", neighbours.Select(value => NumberText.Write(value)));
    }

    /// <summary>The multiples of <paramref name="unit"/> next to <paramref name="wrong"/> that lie in the given range.</summary>
    public static string Multiples(int wrong, int unit, long smallest, int largest)
    {
        long below = (long)wrong / unit * unit;
        long first = Math.Max(below, (smallest + unit - 1) / unit * unit);
        IEnumerable<long> candidates = first > below ? [first] : [below, below + unit];
        return string.Join(" or ", candidates.Where(value => value > 0 && value <= largest).Select(NumberText.Write));
    }
}
