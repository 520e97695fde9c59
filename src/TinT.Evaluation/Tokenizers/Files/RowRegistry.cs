namespace TinT.Evaluation.Tokenizers.Files;

/// <summary>The rows of one kind – normalizers, pre-tokenizers, … – by the names that <c>tokenizer.json</c> has for them.</summary>
/// <typeparam name="T">What a row makes.</typeparam>
/// <param name="kind">The kind, for messages.</param>
/// <param name="rows">How each is made from its object.</param>
internal sealed class RowRegistry<T>(string kind, IReadOnlyDictionary<string, Func<JsonPlace, T>> rows)
{
    /// <summary>Makes what an object asks for.</summary>
    /// <param name="place">An object with a <c>type</c>.</param>
    /// <exception cref="TokenizerFormatException">There is no such row, or the object is not as the row needs it.</exception>
    public T Read(JsonPlace place)
    {
        if (!place.IsObject)
            throw place.Error($"must be an object with a type, not {place.Describe()}.");
        JsonPlace type = place.Get("type");
        return rows.TryGetValue(type.Text(), out Func<JsonPlace, T>? make)
            ? make(place)
            : throw type.Error($"the {kind} {type.Describe()} is not supported; there are {string.Join(", ", rows.Keys.Order(StringComparer.Ordinal))}. Use a model whose tokenizer needs no other.");
    }
}
