namespace TinT.Runtime.Checkpoints.Pickle;

/// <summary>A list, or a set.</summary>
internal sealed class PickleList : PickleContainer
{
    private List<object?>? items;

    /// <inheritdoc/>
    public override IEnumerable<object?> Contents => items ?? [];

    /// <summary>Adds items.</summary>
    /// <param name="added">The items.</param>
    public void Add(ReadOnlySpan<object?> added) => (items ??= []).AddRange(added);
}
