using System.Text.Json;
using TinT.Model.Architectures;

namespace TinT.Runtime.Checkpoints;

/// <summary>The architecture of a <c>config.json</c>: <c>model_type</c> or, where that is missing, the class names in <c>architectures</c>.</summary>
internal static class ConfigurationFamily
{
    private const string Type = "model_type";
    private const string Classes = "architectures";

    /// <summary>Reads the architecture; one that is not known is reported.</summary>
    /// <param name="fields">The configuration.</param>
    public static Architecture? Read(ConfigurationFields fields)
    {
        bool hasType = fields.TryGet(Type, out _);
        string? name = fields.Word(Type);
        Architecture? architecture = KnownArchitectures.All.FirstOrDefault(candidate => hasType ? candidate.Name == name : HasClassOf(fields, candidate));
        if (architecture is null && fields.Problems.Count == 0)
        {
            string what = hasType ? $"{Type} is {fields.Show(Type)}"
                : fields.TryGet(Classes, out _) ? $"{Type} is missing and {Classes} is {fields.Raw(Classes)}"
                : $"{Type} is missing";
            fields.Report($"{what}, but only {string.Join(", ", KnownArchitectures.All)} are supported");
        }

        return architecture;
    }

    /// <summary>Compares the architecture with that of a spec; another is reported.</summary>
    /// <param name="fields">The configuration.</param>
    /// <param name="expected">The spec's.</param>
    public static void Check(ConfigurationFields fields, Architecture expected)
    {
        string spec = $"auxiliary.architecture is '{expected}'";
        if (fields.TryGet(Type, out _))
        {
            if (fields.Word(Type) is { } name && name != expected.Name)
                fields.Report($"{Type} is {CheckpointText.Quote(name)} but {spec}");
        }
        else if (!fields.TryGet(Classes, out _))
        {
            fields.Report($"{Type} is missing but {spec}");
        }
        else if (!HasClassOf(fields, expected))
        {
            fields.Report($"{Type} is missing and {Classes} is {fields.Raw(Classes)} but {spec}");
        }
    }

    private static bool HasClassOf(ConfigurationFields fields, Architecture architecture) =>
        fields.TryGet(Classes, out JsonElement classes) && classes.ValueKind == JsonValueKind.Array
        && classes.EnumerateArray().Any(name => name.ValueKind == JsonValueKind.String && IsOf(architecture, name.GetString()!));

    /// <summary>Whether a class of <c>transformers</c>, such as <c>GPT2LMHeadModel</c> or <c>OPTForCausalLM</c>, belongs to an architecture.</summary>
    private static bool IsOf(Architecture architecture, string name)
    {
        foreach (string framework in (string[])["TF", "Flax"])
            name = name.StartsWith(framework, StringComparison.Ordinal) ? name[framework.Length..] : name;
        if (!name.StartsWith(architecture.ClassName, StringComparison.Ordinal))
            return false;
        string rest = name[architecture.ClassName.Length..];
        return rest is "Model" or "LMHeadModel" or "DoubleHeadsModel" or "PreTrainedModel"
            || (rest.StartsWith("For", StringComparison.Ordinal) && rest.Length > 3 && char.IsAsciiLetterUpper(rest[3]));
    }
}
