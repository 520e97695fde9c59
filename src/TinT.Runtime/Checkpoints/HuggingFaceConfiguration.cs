using System.Text.Json;
using TinT.Model;
using TinT.Model.Architectures;
using TinT.Runtime.Simulation;
using static System.FormattableString;

namespace TinT.Runtime.Checkpoints;

/// <summary>Compares a Hugging Face <c>config.json</c> with the auxiliary model of a spec.</summary>
/// <remarks>
/// Fields have the names of <c>transformers</c>' GPT2Config and OPTConfig; a field that is absent or null has the default of
/// those classes, except sizes, which must be there. <c>reorder_and_upcast_attn</c> is not compared: it only says in which order and
/// precision the same function is computed.
/// </remarks>
internal sealed class HuggingFaceConfiguration
{
    private readonly string path;
    private readonly JsonElement fields;
    private readonly List<string> mismatches = [];

    private HuggingFaceConfiguration(string path, JsonElement fields)
    {
        this.path = path;
        this.fields = fields;
    }

    /// <summary>Reads and compares a configuration.</summary>
    /// <param name="path">Path of <c>config.json</c>.</param>
    /// <param name="expected">Auxiliary model of the spec.</param>
    /// <returns>Whether the output head is declared to share the embedding (<c>tie_word_embeddings</c>).</returns>
    /// <exception cref="CheckpointFormatException">The file cannot be read, or fields differ; the message lists all that do.</exception>
    public static bool Check(string path, AuxiliaryDescription expected)
    {
        using JsonDocument document = HuggingFaceJson.Open(path);
        return new HuggingFaceConfiguration(path, document.RootElement).Check(expected);
    }

    private bool Check(AuxiliaryDescription expected)
    {
        CheckArchitecture(expected.Architecture);

        // Another family has other field names: nothing more can be said.
        if (mismatches.Count == 0)
            CheckFamily(expected.Family(), expected);
        bool tied = GetBoolean("tie_word_embeddings", true);
        if (mismatches.Count > 0)
        {
            throw new CheckpointFormatException(
                $"{path}: the checkpoint does not fit the spec: {string.Join("; ", mismatches)}. Change these keys of the spec or load another checkpoint.");
        }

        return tied;
    }

    /// <summary>Compares the model's family: <c>model_type</c> or, where that is missing, the class names in <c>architectures</c>.</summary>
    private void CheckArchitecture(string expected)
    {
        const string Type = "model_type";
        const string Classes = "architectures";
        if (TryGetField(Type, out _) || !TryGetField(Classes, out JsonElement classes))
            CheckText(Type, null, expected, "auxiliary.architecture");
        else if (classes.ValueKind != JsonValueKind.Array || !classes.EnumerateArray().Any(name => IsOf(expected, name)))
            mismatches.Add($"{Type} is missing and {Classes} is {Show(classes)} but auxiliary.architecture is '{expected}'");
    }

    /// <summary>Whether a class of <c>transformers</c>, such as <c>GPT2LMHeadModel</c> or <c>OPTForCausalLM</c>, belongs to a family.</summary>
    private static bool IsOf(string architecture, JsonElement className)
    {
        if (className.ValueKind != JsonValueKind.String)
            return false;
        string name = className.GetString()!;
        foreach (string framework in (string[])["TF", "Flax"])
            name = name.StartsWith(framework, StringComparison.Ordinal) ? name[framework.Length..] : name;
        return name.StartsWith(architecture.ToUpperInvariant(), StringComparison.Ordinal)
            && name.Length > architecture.Length && char.IsAsciiLetterUpper(name[architecture.Length]);
    }

    private void CheckFamily(Architecture architecture, AuxiliaryDescription expected)
    {
        ModelSizes sizes = expected.Sizes();
        long? hiddenSize = null;
        foreach (ConfigurationSize size in architecture.Sizes)
        {
            if (size.HiddenSizes is { } times && !TryGetField(size.Names[0], out _))
            {
                CheckAbsent(size, architecture, times, hiddenSize, size.Size(sizes));
                continue;
            }

            long? actual = CheckSize(size.Names, size.Size(sizes), size.Key);
            if (size == architecture.Sizes[0])
                hiddenSize = actual;
        }

        CheckText(architecture.ActivationField, architecture.Activation, expected.Activation, "auxiliary.activation");
        if (architecture.EpsilonField is { } field)
            CheckEpsilon(field, architecture.Epsilon, expected.NormEpsilon);
        else if ((float)expected.NormEpsilon != (float)architecture.Epsilon)
            mismatches.Add(Invariant($"{architecture.Name.ToUpperInvariant()}'s layer norms have epsilon {architecture.Epsilon} but auxiliary.norm.epsilon is {expected.NormEpsilon}"));
        foreach ((string flag, bool value) in architecture.Flags)
            CheckFixed(flag, value);
        if (architecture.EmbeddingSizeField is { } embedding && TryGetField(embedding, out _) && GetSize(embedding) is { } width && width != hiddenSize)
            mismatches.Add(Invariant($"{embedding} is {width}, but only hidden_size ({hiddenSize}) is supported"));
    }

    /// <summary>Compares a size that must be there; the first of its names that is present counts.</summary>
    /// <returns>The size in the file, or <see langword="null"/> if there is none.</returns>
    private long? CheckSize(string[] names, int expected, string key)
    {
        string name = names.FirstOrDefault(candidate => TryGetField(candidate, out _), names[0]);
        long? actual = GetSize(name);
        if (actual is not null && actual != expected)
            mismatches.Add(Invariant($"{name} is {actual} but {key} is {expected}"));
        return actual;
    }

    /// <summary>Compares a size that is a multiple of the hidden size where it is not given.</summary>
    private void CheckAbsent(ConfigurationSize size, Architecture architecture, int times, long? hiddenSize, int expected)
    {
        if (hiddenSize is { } hidden && (Int128)times * hidden != expected)
            mismatches.Add(Invariant($"{size.Names[0]} is absent, which means {times} × {architecture.Sizes[0].Names[0]} = {(Int128)times * hidden}, but {size.Key} is {expected}"));
    }

    private long? GetSize(string name)
    {
        if (!TryGetField(name, out JsonElement field))
        {
            mismatches.Add($"{name} is missing");
            return null;
        }

        if (field.ValueKind == JsonValueKind.Number && field.TryGetInt64(out long size))
            return size;
        mismatches.Add($"{name} is {Show(field)}, which is not a whole number");
        return null;
    }

    private void CheckText(string name, string? absent, string expected, string key)
    {
        string? actual = absent;
        if (TryGetField(name, out JsonElement field))
        {
            if (field.ValueKind != JsonValueKind.String)
            {
                mismatches.Add($"{name} is {Show(field)}, which is not a text");
                return;
            }

            actual = field.GetString();
        }

        if (actual is null)
            mismatches.Add($"{name} is missing but {key} is '{expected}'");
        else if (CanonicalActivation(actual) != CanonicalActivation(expected))
            mismatches.Add($"{name} is {CheckpointText.Quote(actual)} but {key} is '{expected}'");
    }

    private void CheckEpsilon(string name, double absent, double expected)
    {
        double actual = absent;
        if (TryGetField(name, out JsonElement field) && (!PythonNumbers.IsNumber(field) || !field.TryGetDouble(out actual)))
        {
            mismatches.Add($"{name} is {Show(field)}, which is not a number");
        }
        else if ((float)actual != (float)expected)
        {
            mismatches.Add(Invariant($"{name} is {actual} but auxiliary.norm.epsilon is {expected}"));
        }
    }

    private void CheckFixed(string name, bool expected)
    {
        if (GetBoolean(name, expected) != expected)
            mismatches.Add($"{name} is {(expected ? "false" : "true")}, but only {(expected ? "true" : "false")} is supported");
    }

    private bool GetBoolean(string name, bool absent)
    {
        if (!TryGetField(name, out JsonElement field))
            return absent;
        if (field.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return field.GetBoolean();
        mismatches.Add($"{name} is {Show(field)}, which is neither true nor false");
        return absent;
    }

    private bool TryGetField(string name, out JsonElement field)
    {
        if (fields.TryGetProperty(name, out field) && field.ValueKind != JsonValueKind.Null)
            return true;
        field = default;
        return false;
    }

    private static string Show(JsonElement field) => CheckpointText.Quote(PythonNumbers.RawText(field));

    /// <summary>Maps the names that <c>transformers</c> has for the same function to one.</summary>
    private static string CanonicalActivation(string name) => name switch
    {
        "gelu_accurate" or "gelu_fast" or "gelu_python_tanh" or "gelu_pytorch_tanh" => "gelu_new",
        "gelu_python" => "gelu",
        "swish" => "silu",
        _ => name,
    };
}
