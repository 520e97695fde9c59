namespace TinT.Compiler.Specs.Format;

/// <summary>A key that takes a number from <paramref name="Minimum"/> to <paramref name="Maximum"/>.</summary>
internal sealed record NumberKey(string Name, bool Required, double Minimum, double Maximum, string Example)
    : KeyFormat(Name, Required, Example)
{
    /// <summary>Its value where it is absent; <see langword="null"/> if it depends on others.</summary>
    public double? Default { get; init; }

    /// <inheritdoc/>
    public override string Kind => "a number";
}
