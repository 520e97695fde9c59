namespace TinT.Model.Activations;

/// <summary>An activation of the feed-forward module: a row of <see cref="KnownActivations"/>.</summary>
/// <param name="Name">Its word in specs and in Hugging Face's <c>config.json</c>.</param>
/// <param name="TypeName">The type in <c>TinT.Runtime.Formulas</c> that is its formula.</param>
/// <param name="Formula">The formula, as generated code documents it.</param>
public sealed record Activation(string Name, string TypeName, string Formula)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
