namespace TinT.Compiler.Diagnostics;

/// <summary>Something wrong with a spec, where it is and how to mend it.</summary>
/// <param name="Descriptor">What kind of mistake it is.</param>
/// <param name="Span">Where in the spec it is.</param>
/// <param name="Arguments">Values for the placeholders of <see cref="DiagnosticDescriptor.MessageFormat"/>.</param>
public sealed record SpecDiagnostic(DiagnosticDescriptor Descriptor, SourceSpan Span, EquatableArray<string> Arguments)
{
    /// <summary>The diagnostic id, <c>TINTnnnn</c>.</summary>
    public string Id => Descriptor.Id;

    /// <summary>What is wrong, in one sentence, and how to mend it, in another.</summary>
    public string Message => string.Format(
        System.Globalization.CultureInfo.InvariantCulture,
        Descriptor.MessageFormat,
        Arguments.Cast<object>().ToArray());

    /// <summary>Creates a diagnostic.</summary>
    public static SpecDiagnostic Create(DiagnosticDescriptor descriptor, SourceSpan span, params string[] arguments) =>
        new(descriptor, span, arguments.ToEquatableArray());
}
