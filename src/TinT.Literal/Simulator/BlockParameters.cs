using System.Numerics;
using TinT.Literal.Parameters;

namespace TinT.Literal.Simulator;

/// <summary>
/// The parameter values of the block that runs. Blocks of one kind have the same values in every layer and pass, so they use one set, which
/// is allocated when the first of them runs; a parameter that was asked for by its own name keeps values of its own.
/// </summary>
/// <typeparam name="T">Element type.</typeparam>
/// <param name="own">Parameters with values of their own.</param>
internal sealed class BlockParameters<T>(ParameterValues<T>? own)
    where T : IFloatingPointIeee754<T>
{
    private readonly Dictionary<(BlockKind Kind, string Name), T[]> shared = [];

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
                shared.Add(key, common = ParameterAllocation.Allocate<T>(definition));
            values.Add(definition.Name, common);
        }

        return values;
    }
}
