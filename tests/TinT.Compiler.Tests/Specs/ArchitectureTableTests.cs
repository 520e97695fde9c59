using System.Globalization;
using System.Text;
using TinT.Model;
using TinT.Model.Architectures;
using TinT.Tests.Common;

namespace TinT.Compiler.Tests.Specs;

/// <summary>The page's table of architectures is what their tables say.</summary>
public sealed class ArchitectureTableTests
{
    [Fact]
    public void The_page_shows_every_architecture() =>
        Page.MatchPart(RepositoryFiles.InRepository("specs", "README.md"), "architectures", Table());

    private static string Table()
    {
        StringBuilder table = new("| architecture | block | norm, ε | feed-forward | positions | biases | head | keys of its own | `config.json` | must hold there |\n|---|---|---|---|---|---|---|---|---|---|\n");
        foreach (Architecture architecture in KnownArchitectures.All)
            table.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", Cells(architecture))} |\n");
        return table.ToString();
    }

    private static IEnumerable<string> Cells(Architecture architecture)
    {
        yield return $"`{architecture.Name}`";
        yield return architecture.Block switch
        {
            BlockShape.Parallel => "parallel, one norm",
            BlockShape.ParallelTwoNorms => "parallel, two norms",
            _ => architecture.NormPlacement == NormPlacement.Both ? "sequential, four norms" : "sequential",
        };
        yield return FormattableString.Invariant($"`{architecture.Norm}`, {architecture.Epsilon}");
        yield return (architecture.IsGated ? "gated " : string.Empty) + $"`{architecture.Activation}`";
        yield return string.Join(" or ", architecture.Positions.Select(kind => kind.ToString().ToLowerInvariant())) + (architecture.InterleavesRotary ? ", interleaved" : string.Empty);
        yield return architecture.Biases == ModuleBiases.None ? "none" : architecture.Biases.ToString();
        yield return architecture.TiesEmbeddings ? "tied" : "its own";
        yield return string.Join(", ", architecture.Options.Select(option => $"`{option.Key}`"));
        yield return string.Join(", ", architecture.Fields.Select(field => string.Join(" or ", field.Names.Select(name => $"`{name}`"))));
        yield return string.Join(", ", architecture.Flags.Select(flag => $"`{flag.Field}`: {(flag.Value ? "true" : "false")}"));
    }
}
