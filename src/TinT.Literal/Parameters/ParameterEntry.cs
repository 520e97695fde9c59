namespace TinT.Literal.Parameters;

/// <summary>One element of a parameter that is not zero.</summary>
/// <param name="Index">Place of the element, row-major.</param>
/// <param name="Value">Its value.</param>
public readonly record struct ParameterEntry(long Index, double Value);
