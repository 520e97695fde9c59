namespace TinT.Model.Architectures;

/// <summary>A field of <c>config.json</c>.</summary>
/// <param name="Option">What it says.</param>
/// <param name="Names">Its names; a dot leads into an object. The first that is present counts.</param>
public sealed record ConfigurationField(AuxiliaryOption Option, params string[] Names)
{
    /// <summary>Whether it must be there.</summary>
    public bool IsRequired { get; init; }

    /// <summary>What its absence means, where that is not the architecture's default.</summary>
    public object? Absent { get; init; }

    /// <summary>Whether null says that there is none, which is not what its absence means.</summary>
    public bool NullIsNone { get; init; }

    /// <summary>Whether random checkpoints write it; fields that only older or newer files have are read only.</summary>
    public bool IsWritten { get; init; } = true;
}
