using TinT.Compiler.Compilation;
using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs.Reading;
using TinT.Fuzz.Tests.Fuzzing;

namespace TinT.Fuzz.Tests.Specs;

/// <summary>Whatever the text of a spec, the compiler answers with code or with diagnostics inside the text.</summary>
public sealed class SpecFuzzTests
{
    [Fact]
    public void A_damaged_spec_gives_a_spec_or_diagnostics_inside_the_text() =>
        FuzzRun.ForAll(12_000, 1, SpecDraft.BuildDamaged, CheckRead, text => text);

    [Fact]
    public void Every_beginning_of_a_spec_gives_diagnostics_inside_the_text()
    {
        string text = SpecDraft.Build(new Choices([]));
        for (int length = 0; length < text.Length; length++)
            CheckRead(text[..length]);
    }

    [Fact]
    public void A_small_spec_gives_code_or_diagnostics_inside_the_text() =>
        FuzzRun.ForBothKinds(600, 0.02, SpecDraft.Build, CheckCompiled, text => text);

    private static bool CheckCompiled(string text)
    {
        CheckRead(text);
        CompilationResult result = SpecCompiler.Compile(text, "fuzz.tint.yaml");
        CheckDiagnostics(text, result.Diagnostics);
        Assert.Empty(GeneratedSyntax.Parse(result).Diagnostics);
        return result.Succeeded;
    }

    private static void CheckRead(string text)
    {
        SpecReadResult result = SpecReader.Read(text);

        Assert.Equal(result.Spec is null, result.Diagnostics.Count > 0);
        CheckDiagnostics(text, result.Diagnostics);
    }

    private static void CheckDiagnostics(string text, IEnumerable<SpecDiagnostic> diagnostics)
    {
        int previous = 0;
        foreach (SpecDiagnostic diagnostic in diagnostics)
        {
            Assert.InRange(diagnostic.Span.Start.Offset, previous, text.Length);
            Assert.InRange(diagnostic.Span.End.Offset, diagnostic.Span.Start.Offset, text.Length);
            Assert.DoesNotContain(diagnostic.Message, char.IsControl);
            Assert.Equal(3, DiagnosticText.WithExcerpt("x", text, diagnostic).Split('\n').Length);
            previous = diagnostic.Span.Start.Offset;
        }
    }
}
