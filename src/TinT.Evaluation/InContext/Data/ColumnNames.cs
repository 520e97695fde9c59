namespace TinT.Evaluation.InContext.Data;

/// <summary>Names of the columns of texts and of classes, as data sets on Hugging Face's hub have them; the first that a row has counts.</summary>
internal static class ColumnNames
{
    /// <summary>Names of texts.</summary>
    public static IReadOnlyList<string> Texts { get; } = ["sentence", "text", "content", "review", "document", "question"];

    /// <summary>Names of classes.</summary>
    public static IReadOnlyList<string> Labels { get; } = ["label", "labels", "target", "coarse_label"];

    /// <summary>Where a header has its text and its class; negative where it has none.</summary>
    /// <param name="header">The header.</param>
    public static (int Text, int Label) PlacesIn(IReadOnlyList<string> header) => (Place(header, Texts), Place(header, Labels));

    private static int Place(IReadOnlyList<string> header, IReadOnlyList<string> names) =>
        names.Select(name => header.ToList().IndexOf(name)).FirstOrDefault(place => place >= 0, -1);
}
