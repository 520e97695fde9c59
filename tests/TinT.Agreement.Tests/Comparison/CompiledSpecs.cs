using TinT.Tests.Common;

namespace TinT.Agreement.Tests.Comparison;

/// <summary>Each spec that some tests share, compiled once.</summary>
public sealed class CompiledSpecs : IDisposable
{
    private readonly Dictionary<SmallSpec, SmallSimulators> simulators = [];

    /// <summary>The simulators of a spec.</summary>
    public SmallSimulators this[SmallSpec spec]
    {
        get
        {
            if (!simulators.TryGetValue(spec, out SmallSimulators? found))
                simulators.Add(spec, found = new SmallSimulators(spec));
            return found;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SmallSimulators spec in simulators.Values)
            spec.Dispose();
    }
}
