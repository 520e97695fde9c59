namespace TinT.Compiler.Specs.Format;

/// <summary>A key that takes a whole number from <paramref name="Minimum"/> to <paramref name="Maximum"/>.</summary>
internal sealed record IntegerKey(string Name, bool Required, int Minimum, int Maximum, string Example)
    : KeyFormat(Name, Required, Example)
{
    /// <summary>Its value where it is absent; <see langword="null"/> if it must be there or depends on others.</summary>
    public int? Default { get; init; }

    /// <inheritdoc/>
    public override string Kind => "a whole number";
}
