namespace TinT.Fuzz.Tests.Checkpoints;

/// <summary>What the official reader makes of a file.</summary>
internal sealed class OfficialHeader
{
    /// <summary>Tensors by name.</summary>
    public Dictionary<string, OfficialTensor> Tensors { get; } = new(StringComparer.Ordinal);

    /// <summary>Texts of the metadata.</summary>
    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether it has one of the three things that our reader's documentation says it refuses on purpose.</summary>
    public bool IsRefusedByUs { get; set; }
}
