using System.Buffers;
using System.Text;
using TinT.Evaluation.Tokenizers;

namespace TinT.Evaluation.Corpora;

/// <summary>Reads texts by the protocol of the paper's language-modelling experiments, which is the usual one for WikiText.</summary>
/// <remarks>
/// <list type="number">
/// <item>Lines of all files, in order, form one text. A line keeps its newline.</item>
/// <item>Lines that are empty or only white space are dropped.</item>
/// <item>Every line is tokenized by itself, with <see cref="ITokenizer.StartIds"/> before it and <see cref="ITokenizer.EndIds"/> behind it.</item>
/// <item>The ids are concatenated and cut into blocks; the remainder is dropped, at the end or per
/// <see cref="CorpusOptions.GroupLines"/> lines.</item>
/// </list>
/// Files are streamed: what is held is the ids of the blocks and one line.
/// </remarks>
public static class CorpusReader
{
    /// <summary>Reads files.</summary>
    /// <param name="files">Paths of UTF-8 files, at least one.</param>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="options">How to cut.</param>
    /// <param name="cancellationToken">Asked between lines.</param>
    /// <exception cref="CorpusException">A file is missing, unreadable, empty or not UTF-8, or the text does not fill one block.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number in the options is not positive.</exception>
    public static BlockCorpus Read(
        IReadOnlyList<string> files, ITokenizer tokenizer, CorpusOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.BlockSize, nameof(options.BlockSize));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.GroupLines ?? 1, nameof(options.GroupLines));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxBlocks ?? 1, nameof(options.MaxBlocks));
        if (files.Count == 0)
            throw new CorpusException("There is no text file to read; name at least one.");

        BlockCutter cutter = new(options.BlockSize, options.MaxBlocks ?? int.MaxValue);
        List<int> ids = [];
        long lines = 0, emptyLines = 0, tokens = 0;
        foreach (string file in files)
        {
            using Utf8LineReader reader = new(file);
            while (!cutter.IsFull && reader.TryReadLine(out ReadOnlySpan<byte> line))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (IsWhiteSpace(line))
                {
                    emptyLines++;
                    continue;
                }

                ids.Clear();
                ids.AddRange(tokenizer.StartIds);
                tokenizer.Encode(line, ids);
                ids.AddRange(tokenizer.EndIds);
                cutter.Append(ids);
                tokens += ids.Count;
                lines++;
                if (lines % options.GroupLines == 0)
                    cutter.EndGroup();
            }
        }

        if (cutter.Blocks.Count == 0)
            throw TooShort(options, tokens, cutter.LongestGroup);
        return new BlockCorpus(cutter.Blocks)
        {
            Names = [.. files.Select(ReportName)],
            Options = options,
            Tokenizer = tokenizer,
            LineCount = lines,
            EmptyLineCount = emptyLines,
            TokenCount = tokens,
            StoppedEarly = cutter.IsFull,
        };
    }

    private static bool IsWhiteSpace(ReadOnlySpan<byte> line)
    {
        while (Rune.DecodeFromUtf8(line, out Rune rune, out int length) == OperationStatus.Done && Rune.IsWhiteSpace(rune))
            line = line[length..];
        return line.IsEmpty;
    }

    private static CorpusException TooShort(CorpusOptions options, long tokens, long longestGroup)
    {
        if (options.GroupLines is int groupLines && tokens >= options.BlockSize)
        {
            return new CorpusException(
                $"No group of {groupLines} lines fills one block of {options.BlockSize} tokens; the longest has {longestGroup}. Group more lines or choose smaller blocks.");
        }

        return new CorpusException(
            $"The text has {tokens} tokens, too few for one block of {options.BlockSize}. Give more text or choose smaller blocks.");
    }

    private static string ReportName(string file) =>
        Path.IsPathRooted(file) ? Path.GetFileName(file) : file.Replace(Path.DirectorySeparatorChar, '/');
}
