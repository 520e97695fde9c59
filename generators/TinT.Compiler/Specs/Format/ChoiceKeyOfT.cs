namespace TinT.Compiler.Specs.Format;

/// <summary>A key that takes one of a few words, each of which means a value.</summary>
/// <typeparam name="T">Type of the values.</typeparam>
internal sealed record ChoiceKey<T>(
    string Name, bool Required, IReadOnlyList<KeyValuePair<string, T>> Choices, IReadOnlyList<string> Planned)
    : ChoiceKey(Name, Required, Choices.Select(choice => choice.Key).ToArray(), Planned)
{
    /// <summary>Its value where it is absent.</summary>
    public T Default => FirstIsDefault ? Choices[0].Value : throw new InvalidOperationException($"The default of {Name} depends on the model.");
}
