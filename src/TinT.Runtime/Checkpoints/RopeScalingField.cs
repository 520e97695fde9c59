using System.Text.Json;
using TinT.Model;

namespace TinT.Runtime.Checkpoints;

/// <summary>Reads how rotary positions are stretched: <c>rope_scaling</c> or, since transformers 5, <c>rope_parameters</c>.</summary>
internal static class RopeScalingField
{
    private const string Default = "default";

    /// <summary>Reads the object; what is not supported is reported.</summary>
    /// <param name="fields">The configuration.</param>
    /// <param name="name">Name of the object.</param>
    /// <returns><see langword="null"/> if nothing is stretched, or what is said is reported.</returns>
    public static RopeScaling? Read(ConfigurationFields fields, string name)
    {
        if (fields.TryGet(name, out JsonElement field) && field.ValueKind != JsonValueKind.Object)
        {
            fields.Refuse(name, "an object");
            return null;
        }

        // Before transformers 4.43 the type was called `type`.
        string typeName = fields.TryGet($"{name}.rope_type", out _) || !fields.TryGet($"{name}.type", out _) ? $"{name}.rope_type" : $"{name}.type";
        string? type = fields.Word(typeName);
        if (type is null)
        {
            if (!fields.TryGet(typeName, out _) && fields.TryGet($"{name}.factor", out _))
                fields.Report($"{typeName} is missing");
            return null;
        }

        if (type == Default)
            return null;
        if (!RopeScaling.Kinds.Contains(type))
        {
            fields.Refuse(typeName, $"{string.Join(", ", [Default, .. RopeScaling.Kinds])}");
            return null;
        }

        double? factor = Required("factor");
        if (type == RopeScaling.Linear)
            return factor is { } only ? new RopeScaling(type, only) : null;
        double? low = Required("low_freq_factor");
        double? high = Required("high_freq_factor");
        double? context = Required("original_max_position_embeddings");
        if (factor is null || low is null || high is null || context is null)
            return null;
        if (high <= low)
            fields.Refuse($"{name}.high_freq_factor", "a number above low_freq_factor");
        else if (context != Math.Floor(context.Value) || context > int.MaxValue)
            fields.Refuse($"{name}.original_max_position_embeddings", "a whole number");
        else
            return new RopeScaling(type, factor.Value, low.Value, high.Value, (int)context);
        return null;

        double? Required(string part)
        {
            string place = $"{name}.{part}";
            if (!fields.TryGet(place, out _))
                fields.Report($"{place} is missing");
            return fields.Number(place);
        }
    }
}
