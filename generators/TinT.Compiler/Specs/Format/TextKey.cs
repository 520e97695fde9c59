namespace TinT.Compiler.Specs.Format;

/// <summary>A key that takes a name.</summary>
internal sealed record TextKey(string Name, bool Required, string Example) : KeyFormat(Name, Required, Example)
{
    /// <inheritdoc/>
    public override string Kind => "a name";
}
