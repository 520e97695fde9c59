using System.Globalization;
using System.Text;
using TinT.Fuzz.Tests.Fuzzing;
using TinT.Tests.Common;

namespace TinT.Fuzz.Tests.Specs;

/// <summary>Builds specs: small ones by the grammar, most of them right, and damaged ones of those that ship.</summary>
internal static class SpecDraft
{
    private static readonly string[] extremes =
    [
        "0", "-1", "1", "2", "3", "2147483647", "2147483648", "-2147483649", "9223372036854775808", "1e308", "1e309", "-0.0", "1e-400",
        ".nan", "-.inf", "007", "0x10", "''", "~", "{}", "[]", "\"\\U7FFFFFFF\"", "&a", "*a", "!<", "!!", "%", "@", "`", "|", ">-", "? ",
        "true", "no", "\"gpt2\"", "'opt'", "class", "A.B", "\u00e9", "\"a\\nb\"", "1_000", "16777216", "32768", "# x",
    ];

    private static readonly string[] fragments =
    [
        "\0", "\t", "\r", "\u0085", "\u2028", "\uFEFF", "\uD800", "😀", "---\n", "...\n", "%YAML 9.9\n", "%TAG ! tag:x,2000:\n", "<<: *a\n",
        "\"", "'", "{", "}", "[", "]", ":", ": ", "#", "- ", ", ", "\n\n", "\\x", "\"\\uDC00\"", "!a!b ", "&[ ", "* ",
    ];

    private static readonly string[] keys =
    [
        "tint", "model", "auxiliary", "architecture", "vocab_size", "max_position_embeddings", "hidden_size", "num_hidden_layers", "num_attention_heads",
        "intermediate_size", "activation", "norm", "kind", "placement", "epsilon", "positions", "simulator", "sharding", "reuse_blocks", "training",
        "steps", "layers", "learning_rate", "loss", "layer_norm", "attention", "taylor_scale", "compatibility", "update", "namespace", "access", "Model", "x",
    ];

    private static readonly string[] shipped =
    [
        .. Directory.GetFiles(RepositoryFiles.InRepository("specs"), "*.tint.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(
            File.ReadAllText),
    ];

    /// <summary>A small spec of which one field in twenty is odd.</summary>
    public static string Build(Choices choices)
    {
        int heads = choices.Between(1, 4);
        int headSize = choices.Of(8, 4, 2, 3, 16);
        int layers = choices.Between(1, 3);
        string architecture = choices.Of("gpt2", "opt");
        (string Section, (string Key, string Value)[] Fields)[] sections =
        [
            ("", [("tint", "1"), ("model", choices.Of("Small", "Größe", "_x", "event"))]),
            ("auxiliary",
            [
                ("architecture", architecture), ("vocab_size", Number(choices.Of(11, 2, 101))), ("max_position_embeddings", Number(choices.Of(8, 1, 33))),
                ("hidden_size", Number(heads * headSize)), ("num_hidden_layers", Number(layers)), ("num_attention_heads", Number(heads)),
                ("intermediate_size", Number(choices.Of(4 * heads * headSize, 7, 1))), ("activation", choices.Of("gelu_new", "gelu", "relu", "silu")),
                ("norm", choices.Of("{kind: layer_norm, placement: pre, epsilon: 1e-5}", "{epsilon: 1e-12}", "{}", "~")), ("positions", choices.Of(
                    "{kind: learned}", "~")),
            ]),
            ("simulator",
            [
                ("sharding", Number(choices.Of(headSize, 1, 2, heads, heads * headSize))), ("hidden_size", Number(choices.Of(5, 6, 9) * heads * headSize)),
                ("num_attention_heads", Number(choices.Of(heads, 2 * heads, 1))), ("reuse_blocks", choices.Of("true", "false")),
            ]),
            ("training",
            [
                ("steps", Number(choices.Of(1, 2, 3))), ("layers", Number(choices.Between(1, layers))), ("learning_rate", choices.Of("1e-3", "0.1", "1e-20")),
                ("loss", choices.Of("softmax", "quadratic", "mean_embedding")), ("layer_norm", choices.Of("bias", "none", "gain", "full")),
                ("attention", choices.Of("values", "none", "exact")), ("taylor_scale", choices.Of("1000", "1")), ("compatibility", choices.Of(
                    "none", "authors")),
                ("update", choices.Of("auto", "primal", "dual")),
            ]),
        ];

        string end = choices.Once(10) ? "\r\n" : "\n";
        StringBuilder text = new();
        foreach ((string section, (string Key, string Value)[] fields) in sections)
        {
            bool isOptional = section is not ("" or "auxiliary" or "simulator");
            if (isOptional && choices.Once(4))
                continue;
            if (section.Length > 0)
                text.Append(section).Append(':').Append(end);
            foreach ((string key, string value) in fields)
            {
                bool hasDefault = key is not ("model" or "vocab_size" or "max_position_embeddings" or "num_hidden_layers" or "sharding")
                    && !(section == "auxiliary" && key is "hidden_size" or "num_attention_heads");
                if (hasDefault && choices.Below(2) == 0)
                    continue;
                string written = choices.Once(30) ? choices.Of(extremes) : value;
                string indent = section.Length > 0 ? "  " : "";
                text.Append(indent)
                    .Append(choices.Once(60) ? choices.Of(keys) : key).Append(": ").Append(written).Append(choices.Once(30) ? " # note" : "").Append(end);
            }
        }

        return text.ToString();
    }

    /// <summary>A shipped or a small spec with up to three kinds of damage.</summary>
    public static string BuildDamaged(Choices choices)
    {
        string text = choices.Below(2) == 0 ? choices.Of(shipped) : Build(choices);
        for (int count = choices.Between(1, 3); count > 0; count--)
            text = Damage(text, choices);
        return text;
    }

    private static string Damage(string text, Choices choices)
    {
        int place = choices.Below(text.Length + 1);
        List<string> lines = [.. text.Split('\n')];
        int line = choices.Below(lines.Count);
        int colon = lines[line].IndexOf(':', StringComparison.Ordinal);
        switch (choices.Below(9))
        {
            case 0:
                return text[..place] + choices.Of(fragments) + text[place..];
            case 1:
                return text[..place] + choices.Character() + text[Math.Min(place + 1, text.Length)..];
            case 2:
                lines.RemoveAt(line);
                break;
            case 3:
                lines.Insert(choices.Below(lines.Count), lines[line]);
                break;
            case 4:
                lines[line] = "  " + lines[line];
                break;
            case 5:
                lines[line] = $"{lines[line].TrimEnd()[..^lines[line].Trim().Length]}{choices.Of(keys)}{(colon < 0 ? ":" : lines[line][colon..])}";
                break;
            case 6:
                return text[..place];
            default:
                lines[line] = $"{lines[line][..(colon + 1)]} {choices.Of(extremes)}";
                break;
        }

        return string.Join('\n', lines);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
