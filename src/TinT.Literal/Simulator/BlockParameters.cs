using System.Numerics;
using TinT.Literal.Parameters;

namespace TinT.Literal.Simulator;

/// <summary>
/// The parameter values of the block that runs. Blocks of one kind have the same values in every layer and pass, and most modules of a block
/// have values in common, so equal values are allocated once, when the first block with them runs. A parameter that was asked for by its own name
/// keeps values of its own.
/// </summary>
/// <typeparam name="T">Element type.</typeparam>
/// <param name="own">Parameters with values of their own.</param>
internal sealed class BlockParameters<T>(ParameterValues<T>? own)
    where T : IFloatingPointIeee754<T>
{
    private readonly Dictionary<(BlockKind Kind, string Name), T[]> shared = [];
    private readonly Dictionary<int, List<T[]>> valuesByLength = [];

    /// <summary>The values of a block.</summary>
    /// <param name="block">The block.</param>
    public ParameterValues<T> Of(LiteralBlock block)
    {
        ParameterValues<T> values = new();
        foreach (ParameterDefinition definition in block.Parameters)
        {
            if (own?.Find(definition.Name) is { } changed)
            {
                values.Add(definition.Name, changed);
                continue;
            }

            (BlockKind, string) key = (block.Kind, definition.Name[block.Scope.Length..]);
            if (!shared.TryGetValue(key, out T[]? common))
                shared.Add(key, common = Allocate(definition));
            values.Add(definition.Name, common);
        }

        return values;
    }

    private T[] Allocate(ParameterDefinition definition)
    {
        T[] values = ParameterAllocation.Allocate<T>(definition);
        if (!valuesByLength.TryGetValue(values.Length, out List<T[]>? known))
            valuesByLength.Add(values.Length, known = []);
        if (known.Find(candidate => candidate.AsSpan().SequenceEqual(values)) is { } equal)
            return equal;
        known.Add(values);
        return values;
    }
}
