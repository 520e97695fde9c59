using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using TinT.Compiler;
using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs.Reading;
using TinT.Compiler.Specs.Writing;
using TinT.Model;

namespace TinT.Generator;

/// <summary>What a project says about its generated code.</summary>
/// <param name="Namespace">Namespace of the generated classes.</param>
/// <param name="Access">Who sees them.</param>
/// <param name="Mistakes">What keeps every spec of the project from being compiled.</param>
internal sealed record ProjectSettings(string Namespace, Access Access, EquatableArray<SpecDiagnostic> Mistakes)
{
    private const string NamespaceProperty = "TintNamespace";
    private const string AccessProperty = "TintAccess";

    /// <summary>Reads the properties and looks at the language.</summary>
    public static ProjectSettings Read(AnalyzerConfigOptions properties, LanguageVersion language)
    {
        var mistakes = new List<SpecDiagnostic>();
        if (language < LanguageVersion.CSharp12)
            mistakes.Add(SpecDiagnostic.Create(LoweringDiagnostics.OldLanguage, SourceSpan.OfFile, language.ToDisplayString()));
        string space = Value(properties, NamespaceProperty) ?? CodeOptions.DefaultNamespace;
        if (ModelName.FindNamespaceMistake(space) is { } mistake)
        {
            mistakes.Add(Invalid(NamespaceProperty, space, mistake, "Write names with dots between them, such as 'MyProject.Models'."));
            space = CodeOptions.DefaultNamespace;
        }

        return new ProjectSettings(space, ReadAccess(Value(properties, AccessProperty), mistakes), mistakes.ToEquatableArray());
    }

    private static Access ReadAccess(string? text, List<SpecDiagnostic> mistakes)
    {
        foreach (Access access in new[] { Access.Public, Access.Internal })
        {
            if (text is null || text == SpecText.Of(access))
                return access;
        }

        mistakes.Add(Invalid(AccessProperty, text!, "is not one of its values", "Write 'public' or 'internal'."));
        return Access.Public;
    }

    private static SpecDiagnostic Invalid(string property, string value, string mistake, string mend) =>
        SpecDiagnostic.Create(LoweringDiagnostics.InvalidProperty, SourceSpan.OfFile, property, PrintableText.Quote(value), mistake, mend);

    private static string? Value(AnalyzerConfigOptions properties, string name) =>
        properties.TryGetValue($"build_property.{name}", out string? value) && value.Trim().Length > 0 ? value.Trim() : null;
}
