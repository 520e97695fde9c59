using TinT.Evaluation.InContext.Data;

namespace TinT.Evaluation.Tests.InContext;

/// <summary>Folders of data sets, as people make them and as Hugging Face's hub and <c>datasets</c> lay them out.</summary>
public sealed class DataSetLayoutTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("train.jsonl")]
    [InlineData("data/train.jsonl")]
    [InlineData("train-00000-of-00002.jsonl", "train-00001-of-00002.jsonl")]
    [InlineData("data/train-00000-of-00001.json")]
    [InlineData("train/b.jsonl", "train/c.jsonl")]
    [InlineData("data/train/part.jsonl")]
    public void The_files_of_a_split_are_found_and_read_in_their_order(params string[] names)
    {
        // Written the other way round: the order is that of names.
        foreach (string name in names.Reverse())
            Write(name, Row(name));
        Write("test.jsonl", Row("test"));

        LabelledTexts texts = DataSetFolder.ReadTraining(folder.FullName, "Mine", 2);

        Assert.Equal(names, texts.Rows.Select(row => row.Text));
        Assert.Equal("test", DataSetFolder.ReadTest(folder.FullName, "Mine", 2).Rows.Single().Text);
    }

    [Theory]
    [InlineData("configs:\n- config_name: default\n  data_files:\n  - split: train\n    path: data/some-*.jsonl\n  - split: test\n    path: \"else.jsonl\"\n")]
    [InlineData("configs:\n- config_name: other\n  data_files:\n  - split: train\n    path: else.jsonl\n- config_name: default\n  data_files:\n  - split: train\n    path: data/some-*.jsonl\n")]
    [InlineData("license: mit\nconfigs:\n  - config_name: one\n    data_files:\n      - split: train\n        path:\n          - data/some-a.jsonl\n          - data/some-b.jsonl\n")]
    [InlineData("configs:\n- config_name: default\n  data_files:\n  - split: train\n    path: '**/some-*'\n")]
    public void The_data_card_names_the_files_of_splits(string frontMatter)
    {
        Write("README.md", $"---\n{frontMatter}---\n# A data set\n- split: train\n  path: no.jsonl\n");
        Write("data/some-a.jsonl", Row("a"));
        Write("data/some-b.jsonl", Row("b"));
        Write("else.jsonl", Row("c"));

        Assert.Equal(["a", "b"], DataSetFolder.ReadTraining(folder.FullName, "Mine", 2).Rows.Select(row => row.Text));
    }

    [Theory]
    [InlineData("holds Parquet files such as data/train-00000-of-00001.parquet, which are not read. Convert them once: python -c ", "data/train-00000-of-00001.parquet")]
    [InlineData("holds Arrow files, as 'save_to_disk' of Hugging Face's datasets writes them, which are not read. Convert them once: ", "dataset_dict.json", "train/data-00000-of-00001.arrow")]
    [InlineData("has the shards train-00000-of-00002.jsonl of 2; all are needed", "train-00000-of-00002.jsonl")]
    [InlineData("has no train split; put one of train.jsonl, train.json, train.csv, train.tsv there", "notes.txt")]
    public void What_is_not_read_is_refused_with_what_to_do(string problem, params string[] names)
    {
        foreach (string name in names)
            Write(name, Row("x"));

        DataSetException exception = Assert.Throws<DataSetException>(() => DataSetFolder.ReadTraining(folder.FullName, "Mine", 2));

        Assert.Contains(problem, exception.Message.Replace(Path.DirectorySeparatorChar, '/'), StringComparison.Ordinal);
    }

    [Fact]
    public void A_card_that_names_what_is_not_there_is_told()
    {
        Write("README.md", "---\nconfigs:\n- config_name: default\n  data_files:\n  - split: train\n    path: gone.jsonl\n---\n");

        Assert.Contains(
            "README.md: names gone.jsonl as data of the split 'train', but there is no such file.",
            Assert.Throws<DataSetException>(() => DataSetFolder.ReadTraining(folder.FullName, "Mine", 2)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_hash_of_several_files_is_that_of_their_bytes_in_a_row()
    {
        Write("train-00000-of-00002.jsonl", Row("a"));
        Write("train-00001-of-00002.jsonl", Row("b"));
        string hash = DataSetFolder.ReadTraining(folder.FullName, "Mine", 2).Sha256;
        Write("train.jsonl", Row("a") + Row("b"));

        Assert.Equal(hash, DataSetFolder.ReadTraining(folder.FullName, "Mine", 2).Sha256);
    }

    private static string Row(string text) => $"{{\"text\": \"{text}\", \"label\": 1}}\n";

    private void Write(string name, string content)
    {
        string path = Path.Combine(folder.FullName, "Mine", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
