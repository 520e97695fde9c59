using TinT.Evaluation.Corpora;
using TinT.Evaluation.Tokenizers;

namespace TinT.Evaluation.Tests.Perplexity;

/// <summary>Corpora from given ids.</summary>
internal static class TestCorpus
{
    public static BlockCorpus Create(params int[][] blocks) => new(blocks)
    {
        Names = ["texts/sample.txt"],
        Options = new CorpusOptions(blocks[0].Length),
        Tokenizer = new ByteTokenizer(),
        LineCount = 5,
        EmptyLineCount = 1,
        TokenCount = blocks.Sum(block => block.Length) + 3,
        StoppedEarly = false,
    };
}
