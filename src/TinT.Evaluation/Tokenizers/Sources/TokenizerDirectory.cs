using TinT.Evaluation.Tokenizers.Files;

namespace TinT.Evaluation.Tokenizers.Sources;

/// <summary>Chooses which files of a directory the tokenizer is read from: the newest kind that is there.</summary>
internal static class TokenizerDirectory
{
    /// <summary>Reads a tokenizer.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="configuration">What lies beside the tokenizer.</param>
    /// <param name="usualStartToken">Token before texts where no file says anything; <see langword="null"/> for none.</param>
    /// <returns>The tokenizer, and whether its files say which tokens are around texts.</returns>
    /// <exception cref="TokenizerFormatException">There is none, or it cannot be read.</exception>
    public static (TokenizerParts Parts, bool HasTemplate) Read(string directory, TokenizerConfiguration configuration, string? usualStartToken)
    {
        if (Has(TokenizerJson.Name))
            return (TokenizerJson.Read(Path.Combine(directory, TokenizerJson.Name)), true);
        if (Has(VocabularyAndMerges.VocabularyName) || Has(VocabularyAndMerges.MergesName))
            return (VocabularyAndMerges.Read(directory, configuration, usualStartToken), false);
        if (Has(SentencePieceFile.Name))
            return (SentencePieceFile.Read(directory), true);
        throw new TokenizerFormatException(
            directory, null,
            $"holds no tokenizer: no {TokenizerJson.Name}, no {VocabularyAndMerges.VocabularyName} with {VocabularyAndMerges.MergesName}, and no {SentencePieceFile.Name}. "
            + "Name the directory that has one.");

        bool Has(string name) => File.Exists(Path.Combine(directory, name));
    }
}
