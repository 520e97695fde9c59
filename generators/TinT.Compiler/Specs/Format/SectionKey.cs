namespace TinT.Compiler.Specs.Format;

/// <summary>A key that takes a mapping.</summary>
/// <param name="Name">The key.</param>
/// <param name="Path">How messages name the section, such as <c>auxiliary.norm</c>; empty for the whole spec.</param>
/// <param name="Required">Whether it has no default.</param>
/// <param name="Keys">The keys of the mapping, in their usual order.</param>
internal sealed record SectionKey(string Name, string Path, bool Required, IReadOnlyList<KeyFormat> Keys)
    : KeyFormat(Name, Required, string.Empty)
{
    /// <inheritdoc/>
    public override string Kind => "a mapping";

    /// <summary>Names of the keys that have no default.</summary>
    public IReadOnlyList<string> RequiredKeys => Keys.Where(key => key.Required).Select(key => key.Name).ToArray();

    /// <summary>The full name of one of its keys.</summary>
    public string PathOf(KeyFormat key) => Path.Length == 0 ? key.Name : $"{Path}.{key.Name}";
}
