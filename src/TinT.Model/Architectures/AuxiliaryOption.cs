namespace TinT.Model.Architectures;

/// <summary>Something that a spec can say of an auxiliary model.</summary>
/// <param name="Key">The spec's key.</param>
/// <param name="Kind">What it takes.</param>
/// <param name="Of">Its value in a model; <see langword="null"/> where it says nothing.</param>
/// <param name="With">Options with a value of it.</param>
public sealed record AuxiliaryOption(
    string Key, OptionKind Kind, Func<AuxiliaryDescription, object?> Of, Func<AuxiliaryOptions, object?, AuxiliaryOptions> With)
{
    /// <summary>The words that a spec has for a flag, where they are not <c>true</c> and <c>false</c>.</summary>
    public (string WhenTrue, string WhenFalse)? FlagWords { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Key;
}
