using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs.Reading;
using TinT.Tests.Common;

namespace TinT.Generator.Tests;

public sealed class DiagnosticsTests
{
    public static TheoryData<string> InvalidSpecs =>
        [.. Directory.GetFiles(RepositoryFiles.InRepository("specs", "invalid"), "*.tint.yaml").Select(path => Path.GetFileName(path)).Order(
            StringComparer.Ordinal)];

    [Theory, MemberData(nameof(InvalidSpecs))]
    public void An_invalid_spec_is_reported_at_its_place_and_is_not_compiled(string name)
    {
        byte[] bytes = File.ReadAllBytes(RepositoryFiles.InRepository("specs", "invalid", name));
        string path = "/project/specs/" + name;
        var host = new GeneratorHost(new MemoryText(path, bytes));

        Assert.Empty(host.Compiled);
        Assert.NotEmpty(host.Diagnostics);
        Assert.All(host.Diagnostics, diagnostic => Assert.Equal(name[.."TINTnnnn".Length], diagnostic.Id));
        IEnumerable<string> expected = SpecReader.Read(Encoding.UTF8.GetString(bytes)).Diagnostics.Select(
            diagnostic => DiagnosticText.Headline(path, diagnostic));
        Assert.Equal(expected, host.Diagnostics.Select(diagnostic => diagnostic.ToString()));
    }

    [Fact]
    public void A_diagnostic_covers_the_wrong_value()
    {
        const string text = """
            model: Wide
            auxiliary:
              vocab_size: 101
              max_position_embeddings: 32
              hidden_size: 48
              num_hidden_layers: 2
              num_attention_heads: 5
            simulator:
              sharding: 3
            """;

        Diagnostic diagnostic = Assert.Single(new GeneratorHost(new MemoryText("specs/wide.tint.yaml", text)).Diagnostics);

        Assert.Equal("TINT1002", diagnostic.Id);
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
        Assert.Equal(LocationKind.ExternalFile, diagnostic.Location.Kind);
        Assert.Equal(
            new FileLinePositionSpan("specs/wide.tint.yaml", new LinePosition(6, 23), new LinePosition(6, 24)),
            diagnostic.Location.GetLineSpan());
        Assert.Equal("5", text[diagnostic.Location.SourceSpan.Start..diagnostic.Location.SourceSpan.End]);
        Assert.StartsWith("specs/wide.tint.yaml(7,24): error TINT1002: ", diagnostic.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\n", false)]
    [InlineData("\n", true)]
    [InlineData("\r\n", false)]
    [InlineData("\r\n", true)]
    public void Line_ends_and_a_byte_order_mark_do_not_move_a_diagnostic(string lineEnd, bool mark)
    {
        string text = new SmallSpec("Marked").Text.Replace("loss: softmax", "loss: sofmax", StringComparison.Ordinal).Replace(
            "\n", lineEnd, StringComparison.Ordinal);
        byte[] bytes = [.. mark ? Encoding.UTF8.GetPreamble() : [], .. Encoding.UTF8.GetBytes(text)];

        Diagnostic diagnostic = Assert.Single(new GeneratorHost(new MemoryText("marked.tint.yaml", bytes)).Diagnostics);

        Assert.Equal("TINT0029", diagnostic.Id);
        Assert.Equal(
            new FileLinePositionSpan("marked.tint.yaml", new LinePosition(20, 8), new LinePosition(20, 14)),
            diagnostic.Location.GetLineSpan());
    }

    [Fact]
    public void A_file_that_is_no_text_is_reported_at_its_first_control_character()
    {
        byte[] bytes = new byte[1000];
        new Random(1).NextBytes(bytes);

        Diagnostic diagnostic = Assert.Single(new GeneratorHost(new MemoryText("random.tint.yaml", bytes)).Diagnostics);

        Assert.Equal("TINT0011", diagnostic.Id);
    }

    [Fact]
    public void A_file_that_is_empty_or_cannot_be_read_is_reported_at_its_start()
    {
        var host = new GeneratorHost(new MemoryText("empty.tint.yaml", ""), MemoryText.Unreadable("gone.tint.yaml"));

        Assert.Equal(
            ["empty.tint.yaml(1,1): error TINT0003", "gone.tint.yaml(1,1): error TINT0003"],
            host.Diagnostics.Select(diagnostic => diagnostic.ToString()[..^(diagnostic.GetMessage(formatProvider: null).Length + 2)]));
    }

    [Theory]
    [InlineData("Twin", "Twin", "the same files")]
    [InlineData("Twin", "twin", "the same files")]
    [InlineData("Twin", "TwinGpu", "a class TwinGpuSimulator")]
    [InlineData("TwinGpu", "Twin", "a class TwinGpuSimulator")]
    public void Specs_that_would_generate_the_same_are_both_told_of_each_other(string first, string second, string what)
    {
        // Names of generated files do not tell letter cases apart, so names of models must differ in more than that.
        var host = new GeneratorHost(
            new MemoryText("a.tint.yaml", new SmallSpec(first).Text),
            new MemoryText("b.tint.yaml", new SmallSpec(second).Text),
            new MemoryText("c.tint.yaml", new SmallSpec("Other").Text));

        Assert.Equal(["a.tint.yaml(2,8)", "b.tint.yaml(2,8)"], host.Diagnostics.Select(diagnostic => diagnostic.ToString().Split(": ")[0]));
        Assert.All(host.Diagnostics, diagnostic => Assert.Equal("TINT3002", diagnostic.Id));
        Assert.StartsWith($"b.tint.yaml has the model '{second}', so that both specs would generate {what} ", host.Diagnostics[0].GetMessage(formatProvider: null), StringComparison.Ordinal);
        Assert.StartsWith($"a.tint.yaml has the model '{first}', so that both specs would generate {what} ", host.Diagnostics[1].GetMessage(formatProvider: null), StringComparison.Ordinal);
        Assert.Equal(["Other.CpuKernels.g.cs", "Other.Layout.g.cs", "Other.Passes.g.cs", "Other.Simulator.g.cs"], host.Compiled);
    }

    [Fact]
    public void A_name_shared_with_an_invalid_spec_is_told_along_with_that_specs_own_mistake()
    {
        var host = new GeneratorHost(
            new MemoryText("a.tint.yaml", new SmallSpec("Twin").Text),
            new MemoryText("b.tint.yaml", (new SmallSpec("Twin") { Sharding = 5 }).Text));

        Assert.Equal(["TINT3002", "TINT2001"], host.Diagnostics.Select(diagnostic => diagnostic.Id));
        Assert.Empty(host.Compiled);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_damaged_spec_gives_sources_or_diagnostics_and_never_an_exception(int seed)
    {
        var random = new Random(seed);
        string[] valid = ReadSpecs(RepositoryFiles.InRepository("specs"));
        string[] invalid = ReadSpecs(RepositoryFiles.InRepository("specs", "invalid"));
        var host = new GeneratorHost();
        int generated = 0;
        for (int round = 0; round < 100; round++)
        {
            string[] originals = round % 2 == 0 ? valid : invalid;
            string text = Damage(originals[random.Next(originals.Length)], random);
            host.Edit(new MemoryText("damaged.tint.yaml", text));

            Assert.Equal(host.Diagnostics.Count == 0, host.Compiled.Count() == 4);
            Assert.All(host.Diagnostics, diagnostic => Assert.StartsWith("TINT", diagnostic.Id, StringComparison.Ordinal));
            generated += host.Compiled.Count() / 4;
        }

        // Damage to a comment or a size may leave a spec; most leaves none.
        Assert.InRange(generated, 2, 50);
    }

    private static string[] ReadSpecs(string folder) =>
        [.. Directory.GetFiles(folder, "*.tint.yaml").Order(StringComparer.Ordinal).Select(File.ReadAllText)];

    /// <summary>Overwrites, doubles or drops stretches of a text.</summary>
    private static string Damage(string text, Random random)
    {
        for (int count = random.Next(1, 4); count > 0 && text.Length > 0; count--)
        {
            int start = random.Next(text.Length);
            int length = random.Next(Math.Min(12, text.Length - start) + 1);
            string piece = random.Next(4) switch
            {
                0 => "",
                1 => string.Concat(text.AsSpan(start, length), text.AsSpan(start, length)),
                2 => random.Next(-3, 70_000).ToString(System.Globalization.CultureInfo.InvariantCulture),
                _ => ((char)random.Next(1, 0xD800)).ToString(),
            };
            text = text[..start] + piece + text[(start + length)..];
        }

        return text;
    }
}
