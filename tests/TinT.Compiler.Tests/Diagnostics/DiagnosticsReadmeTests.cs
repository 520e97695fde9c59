using TinT.Compiler.Diagnostics;
using TinT.Tests.Common;

namespace TinT.Compiler.Tests.Diagnostics;

public sealed class DiagnosticsReadmeTests
{
    [Fact]
    public void The_readme_lists_every_diagnostic_with_its_title()
    {
        string path = RepositoryFiles.InRepository("generators", "TinT.Compiler", "Diagnostics", "README.md");
        IEnumerable<string> rows = File.ReadLines(path)
            .Where(line => line.StartsWith("| TINT", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => $"{cells[1]} {cells[2]}");

        Assert.Equal(SpecDiagnostics.All.Select(descriptor => $"{descriptor.Id} {descriptor.Title}"), rows);
    }

    [Fact]
    public void Ids_are_distinct_and_ascending()
    {
        string[] ids = SpecDiagnostics.All.Select(descriptor => descriptor.Id).ToArray();

        Assert.Equal(ids.Distinct().Order(StringComparer.Ordinal), ids);
        Assert.All(ids, id => Assert.Matches("^TINT[0-3][0-9]{3}$", id));
    }

    [Fact]
    public void A_message_says_what_is_wrong_and_then_how_to_mend_it()
    {
        foreach (DiagnosticDescriptor descriptor in SpecDiagnostics.All)
        {
            string lastArgument = descriptor.MessageFormat[^3..];
            Assert.True(lastArgument[^1] == '.' || lastArgument is ['{', _, '}'], descriptor.Id);
            Assert.Matches(@"[.;}] [A-Z{]", descriptor.MessageFormat);
        }
    }
}
