using TinT.Evaluation.Tokenizers.Files;
using TinT.Evaluation.Tokenizers.Models;
using TinT.Evaluation.Tokenizers.Patterns;
using TinT.Evaluation.Tokenizers.PreTokenizers;

namespace TinT.Evaluation.Tokenizers.Sources;

/// <summary>Reads <c>vocab.json</c> and <c>merges.txt</c>, GPT-2's byte-level byte-pair encoding as published with GPT-2, OPT and their kin.</summary>
/// <remarks>
/// Source: A. Radford et al., <i>Language Models are Unsupervised Multitask Learners</i>, section 2.2, and <c>encoder.py</c> of its release. Ids come from
/// <c>vocab.json</c> alone, so OPT's files, with other ids and special tokens, need nothing else.
/// </remarks>
internal static class VocabularyAndMerges
{
    /// <summary>Name of the file with the tokens.</summary>
    public const string VocabularyName = "vocab.json";

    /// <summary>Name of the file with the merges.</summary>
    public const string MergesName = "merges.txt";

    /// <summary>Reads a tokenizer.</summary>
    /// <param name="directory">Directory of the files.</param>
    /// <param name="configuration">What lies beside them.</param>
    /// <param name="usualStartToken">Token before texts where no file says anything; <see langword="null"/> for none.</param>
    /// <exception cref="TokenizerFormatException">A file is missing, malformed, or does not fit the other one.</exception>
    public static TokenizerParts Read(string directory, TokenizerConfiguration configuration, string? usualStartToken)
    {
        string path = Path.Combine(directory, VocabularyName);
        Vocabulary vocabulary = VocabularyJson.Read(path);
        MergeTable merges = MergesText.Read(Path.Combine(directory, MergesName), vocabulary);
        PreTokenizerStep[] prefix = configuration.PutsSpaceBefore ? [Step("add_prefix_space", new SpacePrefix())] : [];
        return new TokenizerParts
        {
            File = path,
            Vocabulary = vocabulary,
            Model = new BytePairModel(vocabulary, merges, new BytePairOptions { IsByteLevel = true }),
            PreTokenizers = PreTokenizerChain.Of(
            [
                .. prefix,
                Step("words of GPT-2", new Splitter(new Gpt2Pattern(), SplitBehavior.Isolated, invert: false)),
                Step("bytes", new ByteLetters()),
            ]),
            AddedTokens = AddedTokenFiles.Read(directory, vocabulary, usualStartToken),
            Decoder = new Decoders.ByteLevel(),
        };
    }

    private static PreTokenizerStep Step(string name, IPreTokenizer preTokenizer) => new("", name, preTokenizer);
}
