using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs;
using TinT.Compiler.Specs.Reading;
using TinT.Tests.Common;

namespace TinT.Compiler.Tests.Specs;

public sealed class SpecReaderTests
{
    [SharedFolderTheory("golden"), InlineData("golden"), InlineData("golden-variants")]
    public void Every_golden_spec_reads_without_diagnostics(string folder)
    {
        string[] paths = Directory.GetFiles(RepositoryFiles.InShared(folder), "*.tint.yaml", SearchOption.AllDirectories);

        Assert.NotEmpty(paths);
        foreach (string path in paths)
            Assert.Equal([], SpecReader.Read(File.ReadAllText(path)).Diagnostics.Select(diagnostic => diagnostic.Message));
    }

    [Fact]
    public void The_smallest_spec_has_the_documented_defaults()
    {
        ModelSpec spec = SpecReader.Read(SpecText.Smallest).Spec!;

        Assert.Equal(
            """
            Small
            gpt2 101 32
            48 2 3 192
            gelu_new 1E-05
            3 16 192 4 True
            1 2 0.0001 Softmax Bias
            Values 1000 None Auto
            """,
            SpecValues.Of(spec));
    }

    [Fact]
    public void The_default_activation_of_opt_is_relu()
    {
        ModelSpec spec = SpecReader.Read(Edit("  vocab_size", "  architecture: opt\n  vocab_size")).Spec!;

        Assert.Equal(("opt", "relu"), (spec.Auxiliary.Architecture.Value.Name, spec.Auxiliary.Activation.Value.Name));
    }

    [Fact]
    public void Given_values_replace_every_default()
    {
        ModelSpec spec = SpecReader.Read("""
            tint: 1
            model: "Given_2"
            auxiliary:
              architecture: opt
              vocab_size: 7
              max_position_embeddings: 5
              hidden_size: 48
              num_hidden_layers: 4
              num_attention_heads: 4
              intermediate_size: 96
              activation: silu
              norm: {kind: layer_norm, placement: pre, epsilon: 1.0E-6}
              positions:
                kind: learned
            simulator: {sharding: 2, hidden_size: 240, num_attention_heads: 20, reuse_blocks: false}
            training:
              steps: 3
              layers: 2
              learning_rate: .5
              loss: mean_embedding
              layer_norm: full
              attention: exact
              taylor_scale: 1e3
              compatibility: authors
              update: primal
            """).Spec!;

        Assert.Equal(
            """
            Given_2
            opt 7 5
            48 4 4 96
            silu 1E-06
            2 24 240 20 False
            3 2 0.5 MeanEmbedding Full
            Exact 1000 Authors Primal
            """,
            SpecValues.Of(spec));
    }

    [Theory]
    [InlineData("1000", 1000)]
    [InlineData("1000.0", 1000)]
    [InlineData("1e3", 1000)]
    [InlineData("+1.5E+2", 150)]
    [InlineData("2.", 2)]
    public void A_number_may_be_written_in_every_decimal_form(string written, double value)
    {
        SpecReadResult result = SpecReader.Read($"{SpecText.Smallest}training:\n  taylor_scale: {written}\n");

        Assert.Equal(value, result.Spec!.Training.TaylorScale.Value);
    }

    [Theory]
    [InlineData("\n", "")]
    [InlineData("\r\n", "")]
    [InlineData("\n", "\uFEFF")]
    [InlineData("\r\n", "\uFEFF# größer 😀\r\n")]
    public void A_value_knows_its_place_whatever_the_line_ends_and_byte_order_mark(string lineEnd, string prefix)
    {
        string text = prefix + SpecText.Smallest.Replace("\n", lineEnd, StringComparison.Ordinal);

        SourceSpan span = SpecReader.Read(text).Spec!.Auxiliary.HiddenSize.Span;

        Assert.Equal("48", text[span.Start.Offset..span.End.Offset]);
        int line = prefix.Contains('#', StringComparison.Ordinal) ? 6 : 5;
        Assert.Equal((line, 16, line, 18), (span.Start.Line, span.Start.Column, span.End.Line, span.End.Column));
    }

    [Fact]
    public void A_default_is_at_the_place_of_its_section()
    {
        ModelSpec spec = SpecReader.Read(SpecText.Smallest).Spec!;

        Assert.Equal((2, 1), (spec.Auxiliary.IntermediateSize.Span.Start.Line, spec.Auxiliary.IntermediateSize.Span.Start.Column));
        Assert.Equal((8, 1), (spec.Simulator.HeadCount.Span.Start.Line, spec.Simulator.HeadCount.Span.Start.Column));
        Assert.Equal((1, 1), (spec.Training.Loss.Span.Start.Line, spec.Training.Loss.Span.Start.Column));
    }

    [Fact]
    public void All_mistakes_are_reported_at_once_in_the_order_of_their_places()
    {
        SpecReadResult result = SpecReader.Read("""
            tint: 2
            model: 2fast
            auxiliary:
              vocab: 101
              vocab_size: many
              max_position_embeddings: 32
              hidden_size: 48
              num_attention_heads: 5
            simulator:
              sharding: 5
              hidden_size: 100
            training:
              loss: hinge
              loss: softmax
              learning_rate:
            """);

        Assert.Equal(
            [
                "1,7 TINT0032", "2,8 TINT0031", "3,1 TINT0022", "4,3 TINT0020", "5,15 TINT0026", "8,24 TINT1002", "10,13 TINT2001",
                "11,16 TINT2003", "11,16 TINT2007", "13,9 TINT0029", "14,3 TINT0021", "15,3 TINT0024",
            ],
            result.Diagnostics.Select(diagnostic => $"{diagnostic.Span.Start} {diagnostic.Id}"));
    }

    [Fact]
    public void The_model_is_named_even_when_the_rest_is_wrong()
    {
        SpecReadResult result = SpecReader.Read("model: Small\n");

        Assert.Equal(("Small", true), (result.Model, result.Spec is null));
    }

    [Fact]
    public void An_empty_section_of_defaults_is_allowed()
    {
        SpecReadResult result = SpecReader.Read(SpecText.Smallest + "training:\n  # steps: 2\n");

        Assert.Equal(1, result.Spec!.Training.Steps.Value);
    }

    [Theory]
    [InlineData("Größe", null)]
    [InlineData("_hidden", null)]
    [InlineData("record", null)] // a contextual keyword may name a class's prefix
    [InlineData("namespace", "is a keyword of C#")]
    [InlineData("\"\"", "is empty")]
    [InlineData("7b", "does not start with a letter")]
    [InlineData("a b", "has characters other than letters, digits and underscores")]
    public void A_model_name_is_a_csharp_identifier(string name, string? mistake)
    {
        SpecReadResult result = SpecReader.Read(Edit("model: Small", $"model: {name}"));

        Assert.Equal(mistake is null, result.Spec is not null);
        Assert.All(result.Diagnostics, diagnostic => Assert.Equal(mistake, diagnostic.Arguments[1]));
    }

    [Theory]
    [InlineData("hiddensize", "Did you mean 'hidden_size'?")]
    [InlineData("Hidden-Size", "Did you mean 'hidden_size'?")]
    [InlineData("num_layers", "It is called 'num_hidden_layers' here.")]
    [InlineData("n_embd", "It is called 'hidden_size' here.")]
    [InlineData("layer_norm_eps", "It is called 'epsilon' in 'auxiliary.norm'.")]
    [InlineData("sharding", "It belongs in 'simulator'.")]
    [InlineData("tint", "It belongs at the top level.")]
    public void An_unknown_key_is_told_what_it_was_meant_to_be(string key, string advice)
    {
        SpecReadResult result = SpecReader.Read(Edit("  vocab_size", $"  {key}: 1\n  vocab_size"));

        Assert.Equal([advice], result.Diagnostics.Select(diagnostic => diagnostic.Arguments[2]));
    }

    [Fact]
    public void The_same_text_gives_equal_results()
    {
        Assert.Equal(SpecReader.Read(SpecText.Smallest), SpecReader.Read(SpecText.Smallest));
        Assert.Equal(SpecReader.Read("model: 1\na: b\n"), SpecReader.Read("model: 1\na: b\n"));
    }

    private static string Edit(string from, string to) => SpecText.Smallest.Replace(from, to, StringComparison.Ordinal);
}
