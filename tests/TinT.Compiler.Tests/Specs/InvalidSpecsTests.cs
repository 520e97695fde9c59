using System.Text;
using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs.Reading;
using TinT.Tests.Common;

namespace TinT.Compiler.Tests.Specs;

public sealed class InvalidSpecsTests
{
    // One character too long; generated here because a file of a megabyte does not belong in the repository.
    private const string GeneratedId = "TINT0009";

    private static string Folder => RepositoryFiles.InRepository("specs", "invalid");

    [Fact]
    public void Every_invalid_spec_is_explained_at_its_place()
    {
        var report = new StringBuilder();
        foreach ((string name, string text) in ReadFiles().Append(("TINT0009-generated.tint.yaml", Oversized())))
        {
            SpecReadResult result = SpecReader.Read(text);
            Assert.Null(result.Spec);
            foreach (SpecDiagnostic diagnostic in result.Diagnostics)
                report.Append(DiagnosticText.WithExcerpt($"specs/invalid/{name}", text, diagnostic)).Append("\n\n");
        }

        Snapshot.Match(report.ToString());
    }

    [Fact]
    public void An_invalid_spec_has_only_the_mistake_it_is_named_for()
    {
        foreach ((string name, string text) in ReadFiles())
        {
            IEnumerable<string> ids = SpecReader.Read(text).Diagnostics.Select(diagnostic => diagnostic.Id).Distinct();
            Assert.Equal((name, name[.."TINTnnnn".Length]), (name, string.Join(' ', ids)));
        }
    }

    [Fact]
    public void Every_id_of_the_reader_has_an_invalid_spec()
    {
        IEnumerable<string> ids = SpecDiagnostics.All.Select(descriptor => descriptor.Id).Where(id => id[4] is '0' or '1' or '2');
        IEnumerable<string> shown = ReadFiles().Select(file => file.Name[.."TINTnnnn".Length]).Append(GeneratedId).Distinct();

        Assert.Equal(ids.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<(string Name, string Text)> ReadFiles() =>
        Directory.GetFiles(Folder, "*.tint.yaml")
            .Order(StringComparer.Ordinal)
            .Select(path => (Path.GetFileName(path), File.ReadAllText(path)));

    private static string Oversized() => "model: Small\n" + new string('#', 1 << 20);
}
