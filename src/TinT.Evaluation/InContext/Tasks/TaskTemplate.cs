namespace TinT.Evaluation.InContext.Tasks;

/// <summary>How a labelled text becomes a prompt.</summary>
/// <param name="Text">The text with <c>{text}</c> and, at its end, <c>{label}</c>.</param>
/// <param name="Premise">What remains of it without a text, with <c>{label}</c> at its end: the prompt that calibrates scores.</param>
/// <param name="Labels">The word of each class, by its index; at least two.</param>
public sealed record TaskTemplate(string Text, string Premise, IReadOnlyList<string> Labels)
{
    /// <summary>Where the text goes.</summary>
    public const string TextPlace = "{text}";

    /// <summary>Where the label goes.</summary>
    public const string LabelPlace = "{label}";

    /// <summary>What stands between two examples.</summary>
    public string Separator { get; init; } = "\n\n";

    /// <summary>
    /// Whether the authors' code compares lengths with an unlabelled text that keeps the space before its label. That space is a token of its own there, so that
    /// labels seem to have none.
    /// </summary>
    public bool AuthorsKeepLastSpace { get; init; } = true;

    /// <summary>Classes.</summary>
    public int ClassCount => Labels.Count;

    /// <summary>The text with its label, white space at both ends removed, as a demonstration.</summary>
    /// <param name="text">The text.</param>
    /// <param name="label">Its class.</param>
    public string Demonstration(string text, int label) => Filled(text, Labels[label]).Trim();

    /// <summary>The text with a label as the last part of a prompt: spaces at both ends removed, line feeds kept.</summary>
    /// <param name="text">The text; <see langword="null"/> for the premise.</param>
    /// <param name="label">The class in the label's place.</param>
    public string Query(string? text, int label) =>
        (text is null ? Premise.Replace(LabelPlace, Labels[label], StringComparison.Ordinal) : Filled(text, Labels[label])).Trim(' ');

    /// <summary>A query without its label, spaces at both ends removed.</summary>
    /// <param name="text">The text; <see langword="null"/> for the premise.</param>
    public string Unlabelled(string? text) => UnlabelledWithSpace(text).Trim(' ');

    /// <summary>A query without its label, with the space that stands before it.</summary>
    /// <param name="text">The text; <see langword="null"/> for the premise.</param>
    internal string UnlabelledWithSpace(string? text) =>
        text is null ? Premise.Replace(LabelPlace, string.Empty, StringComparison.Ordinal) : Filled(text, string.Empty);

    private string Filled(string text, string label)
    {
        // The label's place is filled first: a text may contain the words of a place.
        int place = Text.IndexOf(TextPlace, StringComparison.Ordinal);
        return Text[..place] + text.Trim() + Text[(place + TextPlace.Length)..].Replace(LabelPlace, label, StringComparison.Ordinal);
    }
}
