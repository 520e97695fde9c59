namespace TinT.Compiler.Specs.Format;

/// <summary>A key that takes one of a few words.</summary>
/// <param name="Name">The key.</param>
/// <param name="Required">Whether it has no default.</param>
/// <param name="Words">The words the compiler builds.</param>
/// <param name="Planned">Words of the format that it cannot build yet.</param>
internal abstract record ChoiceKey(string Name, bool Required, IReadOnlyList<string> Words, IReadOnlyList<string> Planned)
    : KeyFormat(Name, Required, Words[0])
{
    /// <summary>Whether its first word is the default; if not, the default depends on the model.</summary>
    public bool FirstIsDefault { get; init; } = true;

    /// <inheritdoc/>
    public override string Kind => "a word";
}
