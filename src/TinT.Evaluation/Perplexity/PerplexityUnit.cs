using System.Globalization;
using TinT.Evaluation.Logs;
using TinT.Evaluation.Sweeps;

namespace TinT.Evaluation.Perplexity;

/// <summary>Blocks that one method runs together: with all settings if these share passes, else with one.</summary>
/// <param name="Method">Name of the method.</param>
/// <param name="Blocks">The blocks.</param>
/// <param name="Points">The settings.</param>
/// <param name="Index">Tells units of the same method and blocks apart.</param>
public sealed record PerplexityUnit(string Method, IReadOnlyList<int> Blocks, IReadOnlyList<SweepPoint> Points, int Index)
{
    /// <summary>A name, the same in every process.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Method}, blocks {Blocks[0]} to {Blocks[^1]}, part {Index}");

    /// <summary>Its block runs.</summary>
    public IEnumerable<BlockKey> Keys => from point in Points from block in Blocks select new BlockKey(Method, block, point);

    /// <summary>Its block runs that a log lacks.</summary>
    /// <param name="log">The log.</param>
    public IEnumerable<BlockKey> Missing(IRunLog<BlockKey, BlockRun> log)
    {
        ArgumentNullException.ThrowIfNull(log);
        return Keys.Where(key => log.Find(key) is null);
    }
}
