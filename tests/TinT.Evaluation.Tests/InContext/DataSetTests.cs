using TinT.Evaluation.InContext.Data;

namespace TinT.Evaluation.Tests.InContext;

public sealed class DataSetTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("a.jsonl", "{\"sentence\": \"s\", \"label\": 1}\n\n{\"label\": 0, \"text\": \"t\"}\r\n{\"content\": \"c\", \"title\": \"x\", \"label\": 1}")]
    [InlineData("a.csv", "1,s\n0,\"t\"\r\n1,c")]
    [InlineData("a.tsv", "sentence\tlabel\ns\t1\nt\t0\r\nc\t1\n")]
    [InlineData("a.tsv", "label\tsentence\n1\ts\n0\tt\n1\tc")]
    [InlineData("a.tsv", "idx\ttext\tlabel\n0\ts\t1\n1\tt\t0\n2\tc\t1")]
    [InlineData("a.csv", "text,label\ns,1\n\"t\",0\nc,1")]
    [InlineData("a.csv", "label,title,content\n1,x,s\n0,x,t\n1,x,c")]
    [InlineData("a.json", "[{\"text\": \"s\", \"label\": 1}, {\"text\": \"t\", \"label\": 0}, {\"text\": \"c\", \"label\": 1}]")]
    [InlineData("a.json", "{\"data\": [{\"text\": \"s\", \"label\": 1}, {\"text\": \"t\", \"label\": 0}, {\"text\": \"c\", \"label\": 1}]}")]
    [InlineData("a.json", "{\"text\": \"s\", \"label\": 1}\n{\"text\": \"t\", \"label\": 0}\n{\"text\": \"c\", \"label\": 1}\n")]
    [InlineData("a.jsonl", "{\"review\": \"s\", \"labels\": 1}\n{\"document\": \"t\", \"target\": 0}\n{\"question\": \"c\", \"coarse_label\": 1}")]
    public void Rows_are_read_in_their_order(string name, string content)
    {
        LabelledTexts texts = Read(name, content);

        Assert.Equal([new LabelledText("s", 1), new LabelledText("t", 0), new LabelledText("c", 1)], texts.Rows);
        Assert.Equal(64, texts.Sha256.Length);
    }

    [Fact]
    public void Three_columns_are_those_of_AG()
    {
        LabelledTexts texts = Read("a.csv", "2,\"Title, with \"\"quotes\"\"\",\"Two\nlines\"\n1,b,c\n", classCount: 4);

        Assert.Equal([new LabelledText("Title, with \"quotes\" Two\nlines", 1), new LabelledText("b c", 0)], texts.Rows);
    }

    [Theory]
    [InlineData("a.jsonl", "{\"text\": \"t\", \"label\": 0}\n{\"text\": 3, \"label\": 0}", "line 2: has no text under sentence, text, content, review, document, question.")]
    [InlineData("a.jsonl", "{\"text\": \"t\", \"label\": \"0\"}", "line 1: has no whole number under 'label'; give the index of the class.")]
    [InlineData("a.jsonl", "[]", "line 1: is no JSON object.")]
    [InlineData("a.jsonl", "{\"text\"", "line 1: is not valid JSON at byte")]
    [InlineData("a.csv", "0,a\n1", "line 2: has 1 fields; give 'label,text', or ")]
    [InlineData("a.csv", "0,\"two\nlines\"\nx,b", "line 3: the label 'x' is no whole number")]
    [InlineData("a.csv", "0,\"a\"b", "line 1: has text behind a quoted field; double the quotes inside it.")]
    [InlineData("a.csv", "0,a,b", "line 1: label -1 is none of the classes 0 to 1 of the task.")]
    [InlineData("a.tsv", "texts\tlabel\na\t0", "line 1: the header must name the columns 'sentence' (or 'text') and 'label'")]
    [InlineData("a.csv", "text,label\na", "line 2: has 1 fields where the header has 2.")]
    [InlineData("a.json", "[{\"text\": \"t\", \"label\": 0}, {\"text\": \"t\", \"label\": 2}]", "row 1 label 2 is none of the classes 0 to 1 of the task.")]
    [InlineData("a.json", "[1", "is not valid JSON; give an array of objects, or one object in each line.")]
    [InlineData("a.json", "{\"data\": 3}", "has no array of rows.")]
    [InlineData("a.json", "{\"text\": 3,\n \"label\": 0}", "has no text under sentence")]
    [InlineData("a.tsv", "sentence\tlabel\na", "line 2: has 1 fields where the header has 2.")]
    [InlineData("a.tsv", "sentence\tlabel\n", "has no rows.")]
    [InlineData("a.txt", "a", "is of no format that is read; use .jsonl, .json, .csv, .tsv.")]
    [InlineData("a.csv", "version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "Git LFS")]
    public void What_cannot_be_read_is_told_with_its_line(string name, string content, string problem)
    {
        DataSetException exception = Assert.Throws<DataSetException>(() => Read(name, content));

        Assert.StartsWith(Path.Combine(folder.FullName, name) + ": ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_told_with_their_line()
    {
        string path = Path.Combine(folder.FullName, "latin.csv");
        File.WriteAllBytes(path, [.. "0,a\n1,caf"u8, 0xE9, (byte)'\n']);

        Assert.Contains("line 2: 0xE9 does not start a valid UTF-8 character", Assert.Throws<DataSetException>(() => DataSetFolder.ReadFile(path, 2)).Message, StringComparison.Ordinal);
    }

    private LabelledTexts Read(string name, string content, int classCount = 2)
    {
        File.WriteAllText(Path.Combine(folder.FullName, name), content);
        return DataSetFolder.ReadFile(Path.Combine(folder.FullName, name), classCount);
    }
}
