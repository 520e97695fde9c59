namespace TinT.Runtime.Checkpoints.Pickle;

/// <summary>An object of a pickle that holds others.</summary>
internal abstract class PickleContainer
{
    /// <summary>What it holds.</summary>
    public abstract IEnumerable<object?> Contents { get; }

    /// <summary>Objects in it, itself and those in others counted, once <see cref="PickleGraph"/> has looked at it; until then 0, and negative while it looks.</summary>
    public long Size { get; set; }
}
