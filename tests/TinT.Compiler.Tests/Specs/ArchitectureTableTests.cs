using System.Text;
using TinT.Model.Architectures;
using TinT.Model.Parameters;
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
        StringBuilder table = new("| architecture | block | activation | ε | maps without a bias | sizes in `config.json` | must hold there |\n|---|---|---|---|---|---|---|\n");
        foreach (Architecture architecture in KnownArchitectures.All)
            table.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {string.Join(" | ", Cells(architecture))} |\n");
        return table.ToString();
    }

    private static IEnumerable<string> Cells(Architecture architecture)
    {
        string[] unbiased = [.. ParameterRoles.All.Where(role => role.Field == ParameterField.Bias && !architecture.Has(role.Kind)).Select(role => $"`{role.Module}`")];
        yield return $"`{architecture.Name}`";
        yield return $"{architecture.Block}, {architecture.NormPlacement}-norm".ToLowerInvariant();
        yield return $"`{architecture.Activation}`";
        yield return architecture.EpsilonField is { } field ? $"`{field}`" : FormattableString.Invariant($"{architecture.Epsilon}");
        yield return unbiased.Length == 0 ? "none" : string.Join(", ", unbiased);
        yield return string.Join(", ", architecture.Sizes.Select(size => string.Join(" or ", size.Names.Select(name => $"`{name}`")) + (size.HiddenSizes is { } times ? $" ({times} × hidden size)" : string.Empty)));
        yield return string.Join(", ", architecture.Flags.Select(flag => $"`{flag.Field}`: {(flag.Value ? "true" : "false")}"));
    }
}
