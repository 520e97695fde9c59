namespace TinT.Model.Activations;

/// <summary>An activation of the feed-forward module: a row of <see cref="KnownActivations"/>.</summary>
/// <param name="Name">Its word in specs and in Hugging Face's <c>config.json</c>.</param>
/// <param name="TypeName">The type in <c>TinT.Runtime.Formulas</c> that is its formula.</param>
/// <param name="Formula">The formula, as generated code documents it.</param>
/// <param name="Synonyms">Other names that <c>transformers</c> has for the same function.</param>
public sealed record Activation(string Name, string TypeName, string Formula, params string[] Synonyms)
{
    /// <summary>All its words, the usual one first.</summary>
    public IEnumerable<string> Words => [Name, .. Synonyms];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
