using TinT.Evaluation.Tokenizers.Files;

namespace TinT.Evaluation.Tokenizers.PostProcessors;

/// <summary><c>BertProcessing</c>: a token before the text and one behind it, as in <see cref="RobertaProcessing"/>.</summary>
internal static class BertProcessing
{
    /// <summary>Its name.</summary>
    public const string Name = "BertProcessing";

    /// <summary>Reads the row.</summary>
    public static TokenTemplate Read(JsonPlace place) => RobertaProcessing.Read(place);
}
