namespace TinT.Runtime.Checkpoints.Pickle;

/// <summary>A dictionary, ordered or not.</summary>
internal sealed class PickleDictionary : PickleContainer
{
    private List<KeyValuePair<object?, object?>>? items;

    /// <summary>Its items as they were set; of a key that is there twice the last counts.</summary>
    public IReadOnlyList<KeyValuePair<object?, object?>> Items => items ?? [];

    /// <inheritdoc/>
    public override IEnumerable<object?> Contents => Items.SelectMany(item => (object?[])[item.Key, item.Value]);

    /// <summary>Sets an item.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">Its value.</param>
    public void Set(object? key, object? value) => (items ??= []).Add(new(key, value));

    /// <summary>The items whose keys are texts, by key.</summary>
    public OrderedDictionary<string, object?> ByText()
    {
        OrderedDictionary<string, object?> byText = new(StringComparer.Ordinal);
        foreach ((object? key, object? value) in Items)
        {
            if (key is string text)
                byText[text] = value;
        }

        return byText;
    }
}
