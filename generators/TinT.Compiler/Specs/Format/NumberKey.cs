namespace TinT.Compiler.Specs.Format;

/// <summary>A key that takes a number from <paramref name="Minimum"/> to <paramref name="Maximum"/>.</summary>
internal sealed record NumberKey(string Name, bool Required, double Minimum, double Maximum, string Example)
    : KeyFormat(Name, Required, Example)
{
    /// <inheritdoc/>
    public override string Kind => "a number";
}
