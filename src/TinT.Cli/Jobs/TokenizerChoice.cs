using TinT.Evaluation.Tokenizers;
using TinT.Runtime.Simulation;

namespace TinT.Cli.Jobs;

/// <summary>The tokenizer of a model when none, or one, was named.</summary>
internal static class TokenizerChoice
{
    /// <summary>Loads a tokenizer.</summary>
    /// <param name="named"><c>bytes</c> or a directory; <see langword="null"/> to choose.</param>
    /// <param name="checkpoint">Model directory, where the tokenizer may lie.</param>
    /// <param name="auxiliary">The model.</param>
    /// <exception cref="UsageException">None was named and there is none to choose.</exception>
    /// <exception cref="TokenizerFormatException">The tokenizer cannot be read or does not fit the model.</exception>
    public static ITokenizer Load(string? named, string checkpoint, AuxiliaryDescription auxiliary)
    {
        if (named is not null)
            return TokenizerLoader.Load(named, auxiliary);
        if (auxiliary.VocabularySize == new ByteTokenizer().VocabularySize)
            return TokenizerLoader.Load(TokenizerLoader.Bytes, auxiliary);
        if (File.Exists(Path.Combine(checkpoint, "vocab.json")) || File.Exists(Path.Combine(checkpoint, "merges.txt")))
            return TokenizerLoader.Load(checkpoint, auxiliary);
        throw new UsageException($"{checkpoint} has no tokenizer (vocab.json and merges.txt); name its directory with --tokenizer.");
    }
}
