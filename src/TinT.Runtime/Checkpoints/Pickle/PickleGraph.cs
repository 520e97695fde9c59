using static System.FormattableString;

namespace TinT.Runtime.Checkpoints.Pickle;

/// <summary>Looks at all that a pickle made, each object once, and refuses what only a hostile one has.</summary>
internal static class PickleGraph
{
    /// <summary>Most objects that there may be when one that is used at several places is counted at each.</summary>
    private const long MostObjects = 1L << 28;

    private const int DeepestNesting = 1000;

    /// <summary>
    /// Refuses objects that contain themselves, those that lie too deep in others, and those that use others so often that they would be huge if they were
    /// written out.
    /// </summary>
    /// <param name="root">What the pickle made.</param>
    /// <exception cref="PickleException">There is such an object.</exception>
    public static void Check(object? root)
    {
        Stack<(PickleContainer Container, IEnumerator<object?> Left, long Size)> path = new();
        Enter(root);
        while (path.TryPop(out (PickleContainer Container, IEnumerator<object?> Left, long Size) top))
        {
            if (!top.Left.MoveNext())
            {
                top.Container.Size = top.Size;
                if (path.TryPop(out (PickleContainer Container, IEnumerator<object?> Left, long Size) outer))
                    path.Push(outer with { Size = Sum(outer.Size, top.Size) });
                continue;
            }

            PickleContainer? inner = top.Left.Current as PickleContainer;
            bool isKnown = inner is null or { Size: > 0 };
            path.Push(isKnown ? top with { Size = Sum(top.Size, inner?.Size ?? 1) } : top);
            if (!isKnown)
                Enter(inner);
        }

        void Enter(object? entered)
        {
            if (entered is not PickleContainer container)
                return;
            if (container.Size < 0)
                throw new PickleException("has an object that contains itself, which no tensors need");
            if (path.Count == DeepestNesting)
                throw new PickleException(Invariant($"has objects more than {DeepestNesting} deep in others, which no tensors need"));
            container.Size = -1;
            path.Push((container, container.Contents.GetEnumerator(), 1));
        }
    }

    private static long Sum(long size, long added) => size + added <= MostObjects
        ? size + added
        : throw new PickleException(Invariant($"uses the same objects again and again, more than {MostObjects} if each were written out"));
}
