using TinT.Cli.Outcomes;
using TinT.Evaluation.Tokenizers;
using TinT.Model;

namespace TinT.Cli.Jobs;

/// <summary>The tokenizer of a model when none, or one, was named.</summary>
internal static class TokenizerChoice
{
    private static readonly string[] tokenizerFiles = ["vocab.json", "merges.txt", "tokenizer.json"];

    /// <summary>Loads a tokenizer.</summary>
    /// <param name="named"><c>bytes</c> or a directory; <see langword="null"/> to choose.</param>
    /// <param name="checkpoint">Model directory, where the tokenizer may lie.</param>
    /// <param name="auxiliary">The model.</param>
    /// <param name="specialTokens">Whether special tokens in texts are read as such.</param>
    /// <exception cref="UsageException">None was named and there is none to choose, or special tokens were asked for and there are none.</exception>
    /// <exception cref="TokenizerFormatException">The tokenizer cannot be read or does not fit the model.</exception>
    public static ITokenizer Load(string? named, string checkpoint, AuxiliaryDescription auxiliary, bool specialTokens)
    {
        string source = named ?? Choose(checkpoint, auxiliary);
        if (specialTokens && source == TokenizerLoader.Bytes)
            throw new UsageException("--special-tokens is for byte-pair tokenizers: bytes have no special tokens.");
        return TokenizerLoader.Load(source, auxiliary, specialTokens);
    }

    private static string Choose(string checkpoint, AuxiliaryDescription auxiliary)
    {
        if (auxiliary.VocabularySize == new ByteTokenizer().VocabularySize)
            return TokenizerLoader.Bytes;

        // What is there but cannot be read is said when it is loaded.
        if (tokenizerFiles.Any(name => File.Exists(Path.Combine(checkpoint, name))))
            return checkpoint;
        throw new UsageException($"{checkpoint} has no tokenizer (vocab.json and merges.txt); name its directory with --tokenizer.");
    }
}
