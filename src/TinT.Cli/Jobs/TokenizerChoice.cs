using TinT.Cli.Outcomes;
using TinT.Evaluation.Tokenizers;
using TinT.Evaluation.Tokenizers.Files;
using TinT.Model;

namespace TinT.Cli.Jobs;

/// <summary>The tokenizer of a model when none, or one, was named.</summary>
internal static class TokenizerChoice
{
    private static readonly string[] tokenizerFiles = ["tokenizer.json", "vocab.json", "merges.txt", "tokenizer.model"];

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
        CheckSpecialTokens(source, specialTokens);
        return TokenizerLoader.Load(source, auxiliary, specialTokens);
    }

    /// <summary>Loads a tokenizer where there is no model.</summary>
    /// <param name="source"><c>bytes</c> or a directory.</param>
    /// <param name="specialTokens">Whether special tokens in texts are read as such.</param>
    /// <exception cref="UsageException">Special tokens were asked for and there are none.</exception>
    /// <exception cref="TokenizerFormatException">The tokenizer cannot be read.</exception>
    public static ITokenizer Load(string source, bool specialTokens)
    {
        CheckSpecialTokens(source, specialTokens);
        return source == TokenizerLoader.Bytes ? new ByteTokenizer() : TextTokenizer.Load(source, new TokenizerOptions { ReadSpecialTokens = specialTokens });
    }

    private static void CheckSpecialTokens(string source, bool specialTokens)
    {
        if (specialTokens && source == TokenizerLoader.Bytes)
            throw new UsageException("--special-tokens is for the tokenizers of models: bytes have no special tokens.");
    }

    private static string Choose(string checkpoint, AuxiliaryDescription auxiliary)
    {
        if (auxiliary.VocabularySize == new ByteTokenizer().VocabularySize)
            return TokenizerLoader.Bytes;

        // What is there but cannot be read is said when it is loaded.
        if (tokenizerFiles.Any(name => File.Exists(Path.Combine(checkpoint, name))))
            return checkpoint;
        throw new UsageException(
            $"{checkpoint} has no tokenizer (tokenizer.json, vocab.json with merges.txt, or tokenizer.model); name its directory with --tokenizer.");
    }
}
