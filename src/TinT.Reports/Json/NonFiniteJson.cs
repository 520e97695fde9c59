using System.Text.Json.Serialization;
using TinT.Runtime.Simulation;

namespace TinT.Reports.Json;

/// <summary>A value that is not finite as JSON, which has no numbers for such values.</summary>
/// <param name="Sequence">Sequence of the batch.</param>
/// <param name="Pass"><c>before</c>, <c>update</c> or <c>after</c>.</param>
/// <param name="What"><c>logits</c>, <c>loss</c> or <c>weight update NAME</c>.</param>
/// <param name="Token">Token, or null.</param>
/// <param name="Index">Entry of the vocabulary, or row-major in the tensor.</param>
/// <param name="Value"><c>NaN</c>, <c>Infinity</c> or <c>-Infinity</c>.</param>
public sealed record NonFiniteJson(int Sequence, string Pass, string What, int? Token, long Index, string Value)
{
    /// <summary>What computed it, where several things were run.</summary>
    [JsonPropertyOrder(-1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Engine { get; init; }

    /// <summary>Of a value.</summary>
    /// <param name="value">The value.</param>
    public static NonFiniteJson Of(NonFiniteValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new NonFiniteJson(value.Sequence, value.Pass, value.What, value.Token, value.Index, value.ValueText);
    }
}
