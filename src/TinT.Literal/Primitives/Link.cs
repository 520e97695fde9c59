namespace TinT.Literal.Primitives;

/// <summary>One weight of a matrix: output <paramref name="To"/> takes <paramref name="Weight"/> times input <paramref name="From"/>.</summary>
/// <param name="From">Index of the input.</param>
/// <param name="To">Index of the output.</param>
/// <param name="Weight">The weight.</param>
public readonly record struct Link(int From, int To, double Weight = 1)
{
    /// <summary>The identity on some indices.</summary>
    /// <param name="count">How many, from 0.</param>
    internal static IEnumerable<Link> Identity(int count) => Enumerable.Range(0, count).Select(index => new Link(index, index));
}
