using TinT.Compiler.Lowering;

namespace TinT.Compiler.Layout;

/// <summary>When each buffer holds a value that is still needed.</summary>
internal sealed class Liveness
{
    private readonly Dictionary<string, bool[]> live = new(StringComparer.Ordinal);

    private Liveness()
    {
    }

    /// <summary>Walks the timeline backwards: a value is needed from its writing to its last reading.</summary>
    public static Liveness Of(IReadOnlyList<Kernel> timeline)
    {
        var result = new Liveness();
        string[] names = [.. timeline.SelectMany(k => k.Reads.Concat(k.Outputs)).Select(o => o.Buffer).Distinct()];
        foreach (string name in names)
        {
            var at = new bool[timeline.Count];
            bool needed = false;
            for (int t = timeline.Count - 1; t >= 0; t--)
            {
                bool written = timeline[t].Outputs.Any(o => o.Buffer == name);
                bool read = timeline[t].Reads.Any(o => o.Buffer == name);
                at[t] = needed || written || read;
                needed = read || (needed && !written);
            }

            result.live[name] = at;
        }

        return result;
    }

    /// <summary>For each kernel of the timeline, whether a buffer holds a needed value.</summary>
    public IReadOnlyList<bool> Of(string name) => live[name];

    /// <summary>Whether two buffers hold needed values at the same time.</summary>
    public bool Overlap(string first, string second) => live[first].Zip(live[second], (a, b) => a && b).Any(both => both);
}
