using System.Text.Json;
using TinT.Tests.Common;

namespace TinT.Cli.Tests.Commands;

[Collection("Temporary checkpoints")]
public sealed class BenchTests
{
    [Theory]
    [InlineData("primal", 1)]
    [InlineData("primal", 2)]
    [InlineData("dual", 1)]
    [InlineData("dual", 2)]
    public void Every_kernel_has_its_time_and_nothing_is_allocated(string form, int threads)
    {
        using TemporaryFolder folder = new();
        SmallSpec spec = new("Timed") { Update = form, Steps = 2, LayerCount = 2, TrainedLayers = 1, Context = 16 };
        string path = folder.File(spec.FileName);
        File.WriteAllText(path, spec.Text);
        string json = folder.File("bench.json");

        string output = Tint.Run("bench", path, "--tokens", "16", "--batch", "3", "--runs", "3", "--threads", $"{threads}", "--json", json).AssertDone().Output;

        Assert.Contains($"Measured: 3 sequences of 16 tokens, the first 8 train; update in {form} form; {(threads == 1 ? "1 thread." : "2 threads, each with sequences of its own.")}", output, StringComparison.Ordinal);
        Assert.Matches("allocated inside the passes +0 bytes", output);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(json));
        JsonElement root = document.RootElement;
        Assert.Equal(("tint.bench/1", form, 3), (root.GetProperty("schema").GetString(), root.GetProperty("update").GetString(), root.GetProperty("seconds").GetArrayLength()));
        Assert.Equal(0, root.GetProperty("allocated_bytes").GetInt64());
        if (threads == 1)
            Assert.Equal(2 * sizeof(float) * 3 * 16, root.GetProperty("memory_planned").GetInt64() - root.GetProperty("memory_held").GetInt64());

        Dictionary<string, JsonElement> kernels = root.GetProperty("kernels").EnumerateArray().ToDictionary(
            kernel => $"{kernel.GetProperty("routine").GetString()}: {kernel.GetProperty("kernel").GetString()}");
        Assert.All(kernels.Values, kernel => Assert.True(kernel.GetProperty("seconds").GetDouble() > 0 && kernel.GetProperty("calls").GetInt64() > 0));

        // One pass over two layers, two over the trained one. Sequences have products of their own, share them, or share them with those of their thread.
        int groups = form == "primal" ? 3 : threads;
        Assert.Equal(4 * groups, kernels["forward block: feed_forward.up linear"].GetProperty("calls").GetInt64());
        Assert.Equal(4 * 3, kernels["forward block: attention attention"].GetProperty("calls").GetInt64());
        Assert.Equal(form == "dual", kernels.ContainsKey("forward block: feed_forward.up linear attention"));
        if (form == "dual")
            Assert.Equal((0 + 1 + 2) * 3, kernels["forward block: feed_forward.up linear attention"].GetProperty("calls").GetInt64());
        double sum = kernels.Values.Sum(kernel => kernel.GetProperty("seconds").GetDouble());
        Assert.InRange(sum, 0, root.GetProperty("median_seconds").GetDouble());
    }

    [Fact]
    public void Several_numbers_of_tokens_and_threads_are_rows_of_one_table()
    {
        using TemporaryFolder folder = new();
        SmallSpec spec = new("Timed") { Context = 16 };
        string path = folder.File(spec.FileName);
        File.WriteAllText(path, spec.Text);
        string json = folder.File("bench.json");

        string output = Tint.Run("bench", path, "--tokens", "8,16", "--threads", "1,2", "--runs", "1", "--json", json).AssertDone().Output;

        Assert.Equal(4, output.Split('\n').Count(line => line.StartsWith("Measured: 1 sequence of ", StringComparison.Ordinal)));
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(json));
        JsonElement[] runs = [.. document.RootElement.GetProperty("runs").EnumerateArray()];
        Assert.Equal([(1, 8), (1, 16), (2, 8), (2, 16)], runs.Select(run => (run.GetProperty("threads").GetInt32(), run.GetProperty("tokens").GetInt32())));
        foreach (JsonElement run in runs)
        {
            (int threads, int tokens) = (run.GetProperty("threads").GetInt32(), run.GetProperty("tokens").GetInt32());
            Assert.Matches($@"(?m)^ *{threads} +{tokens} +(primal|dual) ", output);
        }

        // Twice the tokens: at least twice the operations, the same with any number of threads.
        Assert.True(Operations(1) >= 2 * Operations(0));
        Assert.Equal((Operations(0), Operations(1)), (Operations(2), Operations(3)));

        long Operations(int index) => runs[index].GetProperty("operations").GetInt64();
    }

    [Fact]
    public void A_number_in_a_list_that_is_none_is_a_wrong_use() =>
        Assert.Contains("--tokens needs a whole number from 1, not 'x'.", Tint.Run("bench", ByteModel.Spec, "--tokens", "8,x").Error, StringComparison.Ordinal);

    [Fact]
    public void A_run_that_the_model_cannot_make_is_a_wrong_use()
    {
        using TemporaryFolder folder = new();
        SmallSpec spec = new("Timed") { Context = 16 };
        string path = folder.File(spec.FileName);
        File.WriteAllText(path, spec.Text);

        Assert.Contains("has a context of 16 tokens; 17 do not fit", Tint.Run("bench", path, "--tokens", "17").Error, StringComparison.Ordinal);
    }
}
