using TinT.Tests.Common;

namespace TinT.Cli.Tests.Commands;

/// <summary>Classification by several processes that see nothing of each other.</summary>
public sealed class EvalIclShardTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public EvalIclShardTests()
    {
        string data = Directory.CreateDirectory(folder.File(Path.Combine("data", "SST2"))).FullName;
        string[] words = ["good", "fine", "bad", "poor"];
        foreach ((string name, int count) in new[] { ("train", 8), ("test", 12) })
        {
            File.WriteAllLines(Path.Combine(data, $"{name}.jsonl"), Enumerable.Range(0, count).Select(
                row => $$"""{"text": "a {{words[row % 4]}} film {{row}}", "label": {{(row % 4 < 2 ? 1 : 0)}}}"""));
        }
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Shards_merge_to_the_report_and_the_samples_of_one_process(int count)
    {
        Evaluate("whole", "--json", folder.File("whole.json"));
        for (int shard = 1; shard <= count; shard++)
        {
            CommandResult part = Evaluate($"{shard}", "--shard", $"{shard}/{count}");
            Assert.StartsWith("Partial: this part is finished.", part.Output, StringComparison.Ordinal);
            Assert.NotEmpty(Lines($"{shard}.log")[1..]);
        }

        // No run is made twice, and those that are chosen run once all are there.
        string[] parts = [.. Enumerable.Range(1, count).SelectMany(shard => Lines($"{shard}.log")[1..])];
        Assert.Equal(parts.Length, parts.Distinct().Count());
        Assert.True(parts.Length < Lines("whole.log").Length - 1);

        string[] logs = [.. Enumerable.Range(1, count).Select(shard => folder.File($"{shard}.log"))];
        Evaluate("merged", ["--json", folder.File("merged.json"), "--merge", .. logs]);
        Assert.Equal(File.ReadAllBytes(folder.File("whole.json")), File.ReadAllBytes(folder.File("merged.json")));
        Assert.Equal(Lines("whole.log").Order(StringComparer.Ordinal), Lines("merged.log").Order(StringComparer.Ordinal));
        Assert.Equal(Lines("whole.jsonl").Order(StringComparer.Ordinal), Lines("merged.jsonl").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Samples_are_made_of_a_log_that_was_kept_without_them()
    {
        Evaluate("whole");
        string[] expected = Lines("whole.jsonl");
        File.Move(folder.File("whole.log"), folder.File("again.log"));

        // Of the second run of a setting the lines were lost.
        File.WriteAllLines(folder.File("again.jsonl"), expected[..4]);
        Evaluate("again");
        Assert.Equal(expected, Lines("again.jsonl"));
    }

    [Fact]
    public void Samples_of_another_log_are_left_alone()
    {
        Evaluate("whole");
        string[] expected = Lines("whole.jsonl");
        File.Delete(folder.File("whole.log"));

        CommandResult refused = Run("whole");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("has samples of runs that are in another log; name another file, or go on with that log.", refused.Error, StringComparison.Ordinal);
        Assert.Equal(expected, Lines("whole.jsonl"));
    }

    private string[] Lines(string name) => File.ReadAllLines(folder.File(name));

    private CommandResult Evaluate(string name, params string[] options)
    {
        CommandResult result = Run(name, options);
        Assert.True(result.ExitCode == 0, result.Error);
        return result;
    }

    private CommandResult Run(string name, params string[] options) => Tint.Run(
    [
        "eval", "icl", ByteModel.Spec, "--checkpoint", ByteModel.Checkpoint, "--data", folder.File("data"), "--task", "SST2",
        "--shots", "0,2", "--eval-samples", "4", "--train-seed", "1", "--layout", "multi", "--learning-rate", "1e-4,1e-3", "--layers", "1",
        "--log", folder.File($"{name}.log"), "--samples", folder.File($"{name}.jsonl"), .. options,
    ]);
}
