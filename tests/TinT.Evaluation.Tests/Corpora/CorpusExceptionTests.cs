using TinT.Evaluation.Corpora;
using TinT.Evaluation.Tokenizers;

namespace TinT.Evaluation.Tests.Corpora;

public sealed class CorpusExceptionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_missing_file_is_named()
    {
        string path = Path.Combine(folder.FullName, "none", "a.txt");
        Assert.Equal($"{path}: there is no such file.", Fail(path).Message);
    }

    [Fact]
    public void A_folder_is_no_text()
    {
        Assert.StartsWith($"{folder.FullName}: cannot be read: ", Fail(folder.FullName).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_is_refused()
    {
        string path = folder.Write("a.txt", "");
        CorpusException exception = Fail(path);
        Assert.Equal($"{path}: byte 0: the file is empty; give a text.", exception.Message);
        Assert.Equal((path, 0L), (exception.File, exception.ByteOffset));
        using FileStream free = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    /// <summary>A process's memory opens as a file, and has nothing at its start.</summary>
    [LinuxFact]
    public void A_file_that_cannot_be_read_on_is_refused_where_that_is()
    {
        CorpusException exception = Fail("/proc/self/mem");
        Assert.StartsWith("/proc/self/mem: byte 0: cannot be read: ", exception.Message, StringComparison.Ordinal);
        Assert.IsAssignableFrom<IOException>(exception.InnerException);
    }

    [Fact]
    public void A_pointer_left_by_Git_LFS_is_no_text()
    {
        string path = folder.Write("a.txt", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n");
        Assert.Equal($"{path}: this is a Git LFS pointer, not the file itself; run 'git lfs pull'.", Fail(path).Message);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF }, 0, "0xFF")]
    [InlineData(new byte[] { 97, 10, 98, 0xC3, 10 }, 3, "0xC3")]
    [InlineData(new byte[] { 97, 10, 98, 0xE2, 0x82 }, 3, "0xE2")]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, 97, 0x80 }, 4, "0x80")]
    [InlineData(new byte[] { 97, 0xED, 0xA0, 0x80 }, 1, "0xED")]
    [InlineData(new byte[] { 97, 13, 10, 13, 10, 0xC0, 0xAF }, 5, "0xC0")]
    public void Invalid_UTF8_is_refused_at_its_byte(byte[] bytes, long offset, string value)
    {
        string path = folder.Write("a.txt", bytes);
        CorpusException exception = Fail(path);
        Assert.Equal($"{path}: byte {offset}: {value} does not start a valid UTF-8 character here; save the file as UTF-8.", exception.Message);
        Assert.Equal((path, offset), (exception.File, exception.ByteOffset));
    }

    [Fact]
    public void Invalid_UTF8_far_into_a_file_is_refused_at_its_byte()
    {
        byte[] bytes = new byte[200_000];
        bytes.AsSpan().Fill((byte)'a');
        for (int i = 99; i < bytes.Length; i += 100)
            bytes[i] = (byte)'\n';
        bytes[150_050] = 0xFE;
        Assert.Equal(150_050, Fail(folder.Write("a.txt", bytes), blockSize: 1_000_000).ByteOffset);
    }

    [Fact]
    public void A_file_without_lines_is_not_read_into_memory_whole()
    {
        string path = folder.Write("a.txt", "a\n");
        using (FileStream stream = File.OpenWrite(path))
            stream.SetLength(128 << 20);
        CorpusException exception = Fail(path);
        Assert.Equal($"{path}: byte 2: the line that starts here is longer than 64 MiB; break the text into lines.", exception.Message);
    }

    [Theory]
    [InlineData("ab\n", "The text has 3 tokens, too few for one block of 4. Give more text or choose smaller blocks.")]
    [InlineData("\n \n", "The text has 0 tokens, too few for one block of 4. Give more text or choose smaller blocks.")]
    public void A_text_that_fills_no_block_says_how_many_tokens_it_has(string text, string message)
    {
        CorpusException exception = Fail(folder.Write("a.txt", text));
        Assert.Equal(message, exception.Message);
        Assert.Null(exception.File);
    }

    [Theory]
    [InlineData("a\nbc\nd\n")]
    [InlineData("bc\nd")]
    public void Groups_that_fill_no_block_say_how_many_tokens_the_longest_has(string text)
    {
        string path = folder.Write("a.txt", text);
        Assert.Equal(
            "No group of 1 lines fills one block of 4 tokens; the longest has 3. Group more lines or choose smaller blocks.",
            Fail(path, groupLines: 1).Message);
    }

    [Fact]
    public void No_file_at_all_is_refused()
    {
        CorpusException exception = Assert.Throws<CorpusException>(() => CorpusReader.Read([], new ByteTokenizer(), new CorpusOptions(4)));
        Assert.Equal("There is no text file to read; name at least one.", exception.Message);
    }

    private static CorpusException Fail(string path, int blockSize = 4, int? groupLines = null) => Assert.Throws<CorpusException>(
        () => CorpusReader.Read([path], new ByteTokenizer(), new CorpusOptions(blockSize) { GroupLines = groupLines }));
}
