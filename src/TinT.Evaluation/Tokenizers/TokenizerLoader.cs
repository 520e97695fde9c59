using TinT.Model;
using TinT.Evaluation.Tokenizers.Files;
using TinT.Model.Architectures;

namespace TinT.Evaluation.Tokenizers;

/// <summary>Chooses the tokenizer of an auxiliary model.</summary>
public static class TokenizerLoader
{
    /// <summary>Name of the byte tokenizer, where a directory could stand.</summary>
    public const string Bytes = "bytes";

    /// <summary>Loads a tokenizer and checks that it fits the model; for OPT it starts texts with <c>&lt;/s&gt;</c> where its files do not say what does.</summary>
    /// <param name="source"><see cref="Bytes"/>, or a directory with the files that <see cref="TextTokenizer"/> reads.</param>
    /// <param name="auxiliary">The model that will read the ids.</param>
    /// <param name="readSpecialTokens">Whether special tokens that are spelled out in a text are read as such; bytes have none.</param>
    /// <exception cref="TokenizerFormatException">A file is missing or malformed, or the tokenizer has ids that the model does not know.</exception>
    public static ITokenizer Load(string source, AuxiliaryDescription auxiliary, bool readSpecialTokens = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        ArgumentNullException.ThrowIfNull(auxiliary);
        if (source != Bytes)
        {
            return TextTokenizer.Load(source, new TokenizerOptions
            {
                UsualStartToken = auxiliary.Family().LineStartToken,
                ModelVocabularySize = auxiliary.VocabularySize,
                ReadSpecialTokens = readSpecialTokens,
            });
        }

        ByteTokenizer tokenizer = new();
        if (auxiliary.VocabularySize < tokenizer.VocabularySize)
        {
            throw new TokenizerFormatException(
                Bytes, null, $"bytes need {tokenizer.VocabularySize} ids, but the model's vocabulary has {auxiliary.VocabularySize}. Name the model's own tokenizer directory.");
        }

        return tokenizer;
    }
}
