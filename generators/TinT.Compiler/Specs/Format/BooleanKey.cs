namespace TinT.Compiler.Specs.Format;

/// <summary>A key that takes <c>true</c> or <c>false</c>, and is <paramref name="Default"/> where it is absent.</summary>
internal sealed record BooleanKey(string Name, bool Required, bool Default) : KeyFormat(Name, Required, "true")
{
    /// <inheritdoc/>
    public override string Kind => "true or false";
}
