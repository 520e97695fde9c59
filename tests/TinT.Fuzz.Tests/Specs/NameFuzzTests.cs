using System.Globalization;
using System.Text;
using TinT.Compiler.Compilation;
using TinT.Fuzz.Tests.Fuzzing;

namespace TinT.Fuzz.Tests.Specs;

/// <summary>Names that a user chooses – of the spec's file and of the model – cannot place text as code.</summary>
public sealed class NameFuzzTests
{
    private static readonly string[] pieces =
    [
        "a", "\r", "\n", "\r\n", "\u0085", "\u2028", "\u2029", "\"", "\"\"\"", "'", "*/", "/*", "//", "///", "{", "}", "{0}", "{{", "\\", "\\u000a", "\\r", "<", ">", "&", "&#10;",
        "<!--", "-->", "]]>", "</remarks>", "<see cref=\"", "public class Injected { }", "}}} class Injected {", ";", "#if X", "#endregion", "#error", "\t", "\v", "\f", "\0", "\u001A",
        "\uFEFF", "\u200B", "\u202E", "\uD800", "😀", "é", " ", ".tint.yaml", "%", "$\"", "@\"", "*", "://",
    ];

    private static readonly string[] modelPieces =
        ["A", "a", "_", "1", "é", "Ⅷ", "ª", "𝒜", "\u0301", "\u200D", "class", "event", "Simulator", "Gpu", "TinT", "System", .. pieces];

    private readonly GeneratedSyntax plain = GeneratedSyntax.Parse(SpecCompiler.Compile(Spec("Plain"), "plain.tint.yaml"));

    [Fact]
    public void A_file_name_stays_in_its_comment() =>
        FuzzRun.ForAll(300, 0.01, choices => Build(choices, pieces, 6), CheckFileName, Show);

    [Fact]
    public void A_model_name_is_an_identifier_or_is_refused() =>
        FuzzRun.ForBothKinds(600, 0.01, choices => Build(choices, modelPieces, 3), CheckModelName, Show);

    private void CheckFileName(string name)
    {
        GeneratedSyntax syntax = GeneratedSyntax.Parse(SpecCompiler.Compile(Spec("Plain"), name));

        Assert.Empty(syntax.Diagnostics);
        Assert.Equal(plain.Declarations, syntax.Declarations);
    }

    private bool CheckModelName(string name)
    {
        CompilationResult result = SpecCompiler.Compile(Spec(name), "plain.tint.yaml");
        GeneratedSyntax syntax = GeneratedSyntax.Parse(result);

        Assert.Empty(syntax.Diagnostics);
        if (result.Succeeded)
            Assert.Equal(plain.Declarations.Select(KindOnly), syntax.Declarations.Select(KindOnly));
        return result.Succeeded;
    }

    private static string Build(Choices choices, string[] pieces, int mostPieces)
    {
        StringBuilder name = new();
        for (int count = choices.Between(1, mostPieces); count > 0; count--)
            name.Append(choices.Once(10) ? choices.Text(3) : choices.Of(pieces));
        return name.ToString();
    }

    private static string KindOnly(string declaration) => declaration.Split(' ')[0];

    /// <summary>The smallest spec with a model name, written so that YAML gives it back as it is.</summary>
    private static string Spec(string model) => $"""
        model: "{Escape(model)}"
        auxiliary:
          vocab_size: 11
          max_position_embeddings: 8
          hidden_size: 8
          num_hidden_layers: 1
          num_attention_heads: 2
        simulator:
          sharding: 2

        """;

    private static string Escape(string text) => string.Concat(text.Select(unit => char.IsAsciiLetterOrDigit(unit)
        ? unit.ToString()
        : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}")));

    private static string Show(string name) => $"\"{Escape(name)}\"";
}
