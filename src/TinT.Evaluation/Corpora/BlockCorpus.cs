using TinT.Evaluation.Tokenizers;

namespace TinT.Evaluation.Corpora;

/// <summary>A tokenized text, cut into blocks of one length.</summary>
public sealed class BlockCorpus
{
    private readonly IReadOnlyList<int[]> blocks;

    internal BlockCorpus(IReadOnlyList<int[]> blocks)
    {
        this.blocks = blocks;
    }

    /// <summary>Names of the files for reports: as given, with '/' between folders; of an absolute path only the last part.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>How the text was cut.</summary>
    public required CorpusOptions Options { get; init; }

    /// <summary>What the text was tokenized by.</summary>
    public required ITokenizer Tokenizer { get; init; }

    /// <summary>Tokens in a block, T.</summary>
    public int BlockSize => Options.BlockSize;

    /// <summary>Number of blocks, at least one.</summary>
    public int BlockCount => blocks.Count;

    /// <summary>Lines that were read and are not empty.</summary>
    public required long LineCount { get; init; }

    /// <summary>Lines that were read and dropped because they are empty or white space.</summary>
    public required long EmptyLineCount { get; init; }

    /// <summary>Tokens that were read, in blocks or not.</summary>
    public required long TokenCount { get; init; }

    /// <summary>Tokens that were read but fill no block.</summary>
    public long DroppedTokenCount => TokenCount - ((long)BlockCount * BlockSize);

    /// <summary>Whether <see cref="CorpusOptions.MaxBlocks"/> was reached, so that the counts may not cover the whole text.</summary>
    public required bool StoppedEarly { get; init; }

    /// <summary>Token ids of a block, [T].</summary>
    /// <param name="index">Block, from 0.</param>
    public ReadOnlySpan<int> GetBlock(int index) => blocks[index];
}
