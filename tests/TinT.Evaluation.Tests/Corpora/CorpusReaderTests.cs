using System.Text;
using TinT.Evaluation.Corpora;
using TinT.Evaluation.Tests.Tokenizers;
using TinT.Evaluation.Tokenizers;

namespace TinT.Evaluation.Tests.Corpora;

public sealed class CorpusReaderTests : IDisposable
{
    private static readonly ByteTokenizer Bytes = new();

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Lines_keep_their_newline_and_white_lines_are_dropped()
    {
        BlockCorpus corpus = Read("ab\n\n \t\u3000\ncd\n", 3);
        Assert.Equal(["ab\n", "cd\n"], Texts(corpus));
        Assert.Equal((2, 2, 6, 0), (corpus.LineCount, corpus.EmptyLineCount, corpus.TokenCount, corpus.DroppedTokenCount));
        Assert.False(corpus.StoppedEarly);
        Assert.Equal("bytes", corpus.Tokenizer.Name);
    }

    [Fact]
    public void The_remainder_is_dropped()
    {
        BlockCorpus corpus = Read("abcde\nfgh", 4);
        Assert.Equal(["abcd", "e\nfg"], Texts(corpus));
        Assert.Equal(1, corpus.DroppedTokenCount);
    }

    [Theory]
    [InlineData("a\r\nb\r\n")]
    [InlineData("a\rb\r")]
    [InlineData("a\n\r\nb\n")]
    [InlineData("\uFEFFa\nb\n")]
    public void Newlines_of_all_systems_are_one_character_and_a_byte_order_mark_is_skipped(string text) =>
        Assert.Equal(["a\nb\n"], Texts(Read(text, 4)));

    [Fact]
    public void Newlines_and_characters_survive_the_edges_of_the_buffer()
    {
        // Shifts "é\r\n" over every place around 64 KiB, the size of the reader's buffer.
        for (int shift = 0; shift < 6; shift++)
        {
            string before = new('x', 65536 - shift);
            BlockCorpus corpus = Read(before + "é\r\ny\n", 65536 - shift + 5);
            Assert.Equal([before + "é\ny\n"], Texts(corpus));
        }
    }

    /// <summary>The reader makes room for 1024 characters first, and for twice as many as it has when they are too few.</summary>
    [Theory]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(2048)]
    [InlineData(5000)]
    public void Lines_of_every_length_keep_their_newline(int length)
    {
        string line = new string('x', length) + "\n";
        Assert.Equal([line], Texts(Read(line, length + 1)));
    }

    [Theory]
    [InlineData("a\r\nb\r\n", 0)]
    [InlineData("a\rb\r", 0)]
    [InlineData("a\r\n\r\nb\n", 1)]
    [InlineData("a\r\rb\n", 1)]
    [InlineData("a\n\rb\n", 1)]
    public void A_carriage_return_and_a_newline_end_one_line(string text, int emptyLines)
    {
        BlockCorpus corpus = Read(text, 4);
        Assert.Equal((2, emptyLines), (corpus.LineCount, corpus.EmptyLineCount));
    }

    [Fact]
    public void The_line_start_token_stands_before_every_line_that_is_not_empty()
    {
        TextTokenizer tokenizer = TextTokenizer.Load(
            TinyVocabulary.Write(folder), new TokenizerOptions { UsualStartToken = "</s>" });
        BlockCorpus corpus = Read("hello\n\nx\n", 6, tokenizer);
        int newline = TinyVocabulary.FirstByte + '\n';
        Assert.Equal([2, TinyVocabulary.FirstMerge + 3, newline, 2, TinyVocabulary.FirstByte + 'x', newline], corpus.GetBlock(0).ToArray());
        Assert.Equal(6, corpus.TokenCount);
    }

    [Fact]
    public void Lines_are_tokenized_by_themselves()
    {
        RecordingTokenizer tokenizer = new();
        Read("ab\n\n c\nd", 3, tokenizer);
        Assert.Equal(["ab\n", " c\n", "d"], tokenizer.Texts);
    }

    [Fact]
    public void Groups_of_lines_are_cut_and_dropped_each_by_itself()
    {
        string text = "abc\n\ndef\nghi\njkl\nmno\n";
        Assert.Equal(["abc\nde", "ghi\njk"], Texts(Read(text, 6, groupLines: 2)));
        Assert.Equal(8, Read(text, 6, groupLines: 2).DroppedTokenCount);
        Assert.Equal(["abc\nde", "f\nghi\n", "jkl\nmn"], Texts(Read(text, 6)));
    }

    [Fact]
    public void Several_files_are_one_text_and_groups_run_over_their_edge()
    {
        string first = folder.Write("first.txt", "ab\ncd");
        string second = folder.Write("second.txt", "ef\n");
        Assert.Equal(["ab\ncde"], Texts(CorpusReader.Read([first, second], Bytes, new CorpusOptions(6))));
        BlockCorpus grouped = CorpusReader.Read([first, second], Bytes, new CorpusOptions(3) { GroupLines = 2 });
        Assert.Equal(["ab\n", "ef\n"], Texts(grouped));
        Assert.Equal(["first.txt", "second.txt"], grouped.Names);
    }

    [Fact]
    public void Reading_stops_at_the_block_limit()
    {
        BlockCorpus corpus = CorpusReader.Read([folder.Write("a.txt", "abcdefg\nhij\n")], Bytes, new CorpusOptions(3) { MaxBlocks = 2 });
        Assert.Equal(["abc", "def"], Texts(corpus));
        Assert.True(corpus.StoppedEarly);
        Assert.Equal(1, corpus.LineCount);
    }

    [Fact]
    public void Names_in_reports_are_never_absolute()
    {
        string path = folder.Write("text.txt", "abc");
        string relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        BlockCorpus corpus = CorpusReader.Read([path, relative], Bytes, new CorpusOptions(3));
        Assert.Equal(["text.txt", relative.Replace(Path.DirectorySeparatorChar, '/')], corpus.Names);
    }

    [Fact]
    public void Cancelling_stops_the_reading()
    {
        string path = folder.Write("a.txt", "abc\n");
        Assert.Throws<OperationCanceledException>(() => CorpusReader.Read([path], Bytes, new CorpusOptions(3), new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Arguments_must_be_there()
    {
        string path = folder.Write("a.txt", "abc\n");
        Assert.Throws<ArgumentNullException>("files", () => CorpusReader.Read(null!, Bytes, new CorpusOptions(3)));
        Assert.Throws<ArgumentNullException>("tokenizer", () => CorpusReader.Read([path], null!, new CorpusOptions(3)));
        Assert.Throws<ArgumentNullException>("options", () => CorpusReader.Read([path], Bytes, null!));
    }

    [Theory]
    [InlineData(0, null, null)]
    [InlineData(3, 0, null)]
    [InlineData(3, null, -1)]
    public void Sizes_must_be_positive(int blockSize, int? groupLines, int? maxBlocks)
    {
        string path = folder.Write("a.txt", "abc\n");
        CorpusOptions options = new(blockSize) { GroupLines = groupLines, MaxBlocks = maxBlocks };
        Assert.Throws<ArgumentOutOfRangeException>(() => CorpusReader.Read([path], Bytes, options));
    }

    private static string[] Texts(BlockCorpus corpus) =>
        [.. Enumerable.Range(0, corpus.BlockCount).Select(block => Encoding.UTF8.GetString(Bytes.DecodeUtf8(corpus.GetBlock(block))))];

    private BlockCorpus Read(string text, int blockSize, ITokenizer? tokenizer = null, int? groupLines = null) =>
        CorpusReader.Read([folder.Write("text.txt", text)], tokenizer ?? Bytes, new CorpusOptions(blockSize) { GroupLines = groupLines });

    /// <summary>A byte tokenizer that notes what it is given.</summary>
    private sealed class RecordingTokenizer : ITokenizer
    {
        public List<string> Texts { get; } = [];

        public string Name => "recording";

        public int VocabularySize => 256;

        public IReadOnlyList<int> StartIds => [];

        public IReadOnlyList<int> EndIds => [];

        public void Encode(ReadOnlySpan<byte> utf8, List<int> ids)
        {
            Texts.Add(Encoding.UTF8.GetString(utf8));
            Bytes.Encode(utf8, ids);
        }

        public ExplainedText Explain(ReadOnlySpan<byte> utf8) => Bytes.Explain(utf8);

        public string? PieceOf(int id) => Bytes.PieceOf(id);

        public byte[] DecodeUtf8(ReadOnlySpan<int> ids, bool skipSpecialTokens = false) => Bytes.DecodeUtf8(ids, skipSpecialTokens);
    }
}
