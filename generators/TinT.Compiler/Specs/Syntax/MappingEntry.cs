namespace TinT.Compiler.Specs.Syntax;

/// <summary>One <c>key: value</c>.</summary>
internal sealed record MappingEntry(ScalarNode Key, SpecNode Value);
