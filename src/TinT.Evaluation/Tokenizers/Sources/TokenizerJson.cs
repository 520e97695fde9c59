using TinT.Evaluation.Tokenizers.AddedTokens;
using TinT.Evaluation.Tokenizers.Decoders;
using TinT.Evaluation.Tokenizers.Files;
using TinT.Evaluation.Tokenizers.Models;
using TinT.Evaluation.Tokenizers.Normalizers;
using TinT.Evaluation.Tokenizers.PostProcessors;
using TinT.Evaluation.Tokenizers.PreTokenizers;

namespace TinT.Evaluation.Tokenizers.Sources;

/// <summary>Reads <c>tokenizer.json</c>, the one file of Hugging Face's <c>tokenizers</c>. Its <c>truncation</c> and <c>padding</c> are for batches of short texts and are not read.</summary>
internal static class TokenizerJson
{
    /// <summary>Name of the file.</summary>
    public const string Name = "tokenizer.json";

    /// <summary>Reads a tokenizer.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="TokenizerFormatException">It cannot be read, is malformed, or asks for what is not supported.</exception>
    public static TokenizerParts Read(string path)
    {
        using JsonFile file = JsonFile.Open(path);
        JsonPlace root = file.Root;
        if (root.Find("version") is { } version && version.Text() != "1.0")
            throw version.Error($"is {version.Describe()}, but only version 1.0 is known.");
        PreTokenizerChain chain = PreTokenizerReader.ReadChain(root.Find("pre_tokenizer"));
        (Vocabulary vocabulary, IModel model) = ModelReader.Read(root.Get("model"), chain.IsByteLevel);
        return new TokenizerParts
        {
            File = path,
            Vocabulary = vocabulary,
            Model = model,
            Normalizer = root.Find("normalizer") is { } normalizer ? NormalizerReader.Read(normalizer) : null,
            PreTokenizers = chain,
            AddedTokens = AddedTokenReader.Read(root.Find("added_tokens"), vocabulary),
            Template = root.Find("post_processor") is { } processor ? PostProcessorReader.Read(processor) : TokenTemplate.Text,
            // Without a decoder byte-level tokens would be joined in the letters of the alphabet of bytes.
            Decoder = root.Find("decoder") is { } decoder ? DecoderReader.Read(decoder) : chain.IsByteLevel ? new Decoders.ByteLevel() : null,
        };
    }
}
