namespace TinT.Compiler.Specs.Format;

/// <summary>A key that takes <c>true</c> or <c>false</c>.</summary>
internal sealed record BooleanKey(string Name, bool Required) : KeyFormat(Name, Required, "true")
{
    /// <inheritdoc/>
    public override string Kind => "true or false";
}
