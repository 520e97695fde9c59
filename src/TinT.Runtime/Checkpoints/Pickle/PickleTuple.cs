namespace TinT.Runtime.Checkpoints.Pickle;

/// <summary>A tuple.</summary>
/// <param name="items">Its items.</param>
internal sealed class PickleTuple(object?[] items) : PickleContainer
{
    /// <summary>Its items.</summary>
    public object?[] Items => items;

    /// <inheritdoc/>
    public override IEnumerable<object?> Contents => items;
}
