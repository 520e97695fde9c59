using TinT.Evaluation.Tokenizers.Files;

namespace TinT.Evaluation.Tokenizers.PostProcessors;

/// <summary>Reads the post-processors of tokenizer files.</summary>
internal static class PostProcessorReader
{
    private static readonly RowRegistry<TokenTemplate> rows = new("post-processor", new Dictionary<string, Func<JsonPlace, TokenTemplate>>
    {
        [BertProcessing.Name] = BertProcessing.Read,
        [ByteLevel.Name] = ByteLevel.Read,
        [RobertaProcessing.Name] = RobertaProcessing.Read,
        [Sequence.Name] = Sequence.Read,
        [TemplateProcessing.Name] = TemplateProcessing.Read,
    });

    /// <summary>Reads the template that an object asks for.</summary>
    /// <param name="place">The object.</param>
    /// <exception cref="TokenizerFormatException">It is malformed, or asks for what is not supported.</exception>
    public static TokenTemplate Read(JsonPlace place) => rows.Read(place);
}
