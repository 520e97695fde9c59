namespace TinT.Compiler.Specs.Format;

/// <summary>A key that takes a whole number from <paramref name="Minimum"/> to <paramref name="Maximum"/>.</summary>
internal sealed record IntegerKey(string Name, bool Required, int Minimum, int Maximum, string Example)
    : KeyFormat(Name, Required, Example)
{
    /// <inheritdoc/>
    public override string Kind => "a whole number";
}
