namespace TinT.Compiler.Specs.Format;

/// <summary>One key of the spec format.</summary>
/// <param name="Name">The key.</param>
/// <param name="Required">Whether it has no default.</param>
/// <param name="Example">A value that could stand there.</param>
internal abstract record KeyFormat(string Name, bool Required, string Example)
{
    /// <summary>What it means, for editors.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>Other names of the same thing, such as those in a checkpoint's <c>config.json</c>; only ever suggested.</summary>
    public IReadOnlyList<string> Synonyms { get; init; } = [];

    /// <summary>What the key takes, with its article, for messages.</summary>
    public abstract string Kind { get; }
}

/// <summary>A key that takes a mapping.</summary>
/// <param name="Name">The key.</param>
/// <param name="Path">How messages name the section, such as <c>auxiliary.norm</c>; empty for the whole spec.</param>
/// <param name="Required">Whether it has no default.</param>
/// <param name="Keys">The keys of the mapping, in their usual order.</param>
internal sealed record SectionKey(string Name, string Path, bool Required, IReadOnlyList<KeyFormat> Keys)
    : KeyFormat(Name, Required, string.Empty)
{
    /// <inheritdoc/>
    public override string Kind => "a mapping";

    /// <summary>Keys of which exactly one is there; empty if there are none such.</summary>
    public IReadOnlyList<KeyFormat> OneOf { get; init; } = [];

    /// <summary>What the file is called in messages about the whole of it.</summary>
    public string Document { get; init; } = "spec";

    /// <summary>Names of the keys that have no default.</summary>
    public IReadOnlyList<string> RequiredKeys => Keys.Where(key => key.Required).Select(key => key.Name).ToArray();

    /// <summary>The full name of one of its keys.</summary>
    public string PathOf(KeyFormat key) => Path.Length == 0 ? key.Name : $"{Path}.{key.Name}";
}

/// <summary>A key that takes a name.</summary>
internal sealed record TextKey(string Name, bool Required, string Example) : KeyFormat(Name, Required, Example)
{
    /// <summary>What its text matches, as a regular expression; <see langword="null"/> for any.</summary>
    public string? Pattern { get; init; }

    /// <summary>Most characters; <see langword="null"/> for any number.</summary>
    public int? MaximumLength { get; init; }

    /// <inheritdoc/>
    public override string Kind => "a name";
}

/// <summary>A key that takes a whole number from <paramref name="Minimum"/> to <paramref name="Maximum"/>.</summary>
internal sealed record IntegerKey(string Name, bool Required, int Minimum, int Maximum, string Example)
    : KeyFormat(Name, Required, Example)
{
    /// <summary>Its value where it is absent; <see langword="null"/> if it must be there or depends on others.</summary>
    public int? Default { get; init; }

    /// <summary>Whether no other value than the default is right: a version, of which others are known but not read.</summary>
    public bool IsVersion { get; init; }

    /// <inheritdoc/>
    public override string Kind => "a whole number";
}

/// <summary>A key that takes a number from <paramref name="Minimum"/> to <paramref name="Maximum"/>.</summary>
internal sealed record NumberKey(string Name, bool Required, double Minimum, double Maximum, string Example)
    : KeyFormat(Name, Required, Example)
{
    /// <summary>Its value where it is absent; <see langword="null"/> if it depends on others.</summary>
    public double? Default { get; init; }

    /// <inheritdoc/>
    public override string Kind => "a number";
}

/// <summary>A key that takes <c>true</c> or <c>false</c>, and is <paramref name="Default"/> where it is absent; <see langword="null"/> if that depends on others.</summary>
internal sealed record BooleanKey(string Name, bool Required, bool? Default) : KeyFormat(Name, Required, "true")
{
    /// <inheritdoc/>
    public override string Kind => "true or false";
}

/// <summary>A key that takes one of a few words.</summary>
/// <param name="Name">The key.</param>
/// <param name="Required">Whether it has no default.</param>
/// <param name="Words">The words the compiler builds.</param>
/// <param name="Planned">Words of the format that it cannot build yet.</param>
internal abstract record ChoiceKey(string Name, bool Required, IReadOnlyList<string> Words, IReadOnlyList<string> Planned)
    : KeyFormat(Name, Required, Words[0])
{
    /// <summary>Whether its first word is the default; if not, the default depends on the model.</summary>
    public bool FirstIsDefault { get; init; } = true;

    /// <inheritdoc/>
    public override string Kind => "a word";
}

/// <summary>A key that takes a list of words, each of which means a value.</summary>
/// <typeparam name="T">Type of the values.</typeparam>
/// <param name="Name">The key.</param>
/// <param name="Item">What each item takes.</param>
internal sealed record ListKey<T>(string Name, ChoiceKey<T> Item) : KeyFormat(Name, false, $"[{Item.Example}]")
{
    /// <inheritdoc/>
    public override string Kind => "a list of words";
}

/// <summary>A key that takes one value, or a list of several.</summary>
internal abstract record SeveralKey : KeyFormat
{
    /// <summary>Creates the key, with description and synonyms of its values.</summary>
    /// <param name="each">What each value takes.</param>
    protected SeveralKey(KeyFormat each)
        : base(each.Name, each.Required, each.Example)
    {
        Each = each;
        Description = each.Description;
        Synonyms = each.Synonyms;
    }

    /// <summary>What each value takes.</summary>
    public KeyFormat Each { get; }

    /// <inheritdoc/>
    public override string Kind => $"{Each.Kind} or a list";
}

/// <summary>A key that takes one value, or a list of several.</summary>
/// <typeparam name="TKey">The format of a value.</typeparam>
/// <param name="Item">What each value takes.</param>
internal sealed record SeveralKey<TKey>(TKey Item) : SeveralKey(Item)
    where TKey : KeyFormat;

/// <summary>A key that takes one of a few words, each of which means a value.</summary>
/// <typeparam name="T">Type of the values.</typeparam>
internal sealed record ChoiceKey<T>(
    string Name, bool Required, IReadOnlyList<KeyValuePair<string, T>> Choices, IReadOnlyList<string> Planned)
    : ChoiceKey(Name, Required, Choices.Select(choice => choice.Key).ToArray(), Planned)
{
    /// <summary>Its value where it is absent.</summary>
    public T Default => FirstIsDefault ? Choices[0].Value : throw new InvalidOperationException($"The default of {Name} depends on the model.");
}
