using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace TinT.Cli.Tests.Sweeps;

public sealed class SweepRunTests : IDisposable
{
    private const string Grid = """
          blocks: 10
          train_fraction: [0.3, 0.7]
          learning_rate: [1e-4, 1e-3]
          layers: [1, 4]
        """;

    /// <summary>The grid that is stated for this product: 2 specs × 4 fractions × 6 rates × 3 numbers of layers.</summary>
    private const string Large = """
          blocks: 12
          train_fraction: [0.3, 0.5, 0.7, 0.9]
          learning_rate: [1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3]
          layers: [1, 2, 4]
        """;

    private readonly SweepCase sweeps = new();

    public void Dispose() => sweeps.Dispose();

    [Fact]
    public void A_sweep_has_the_numbers_of_single_evaluations_bit_for_bit()
    {
        string sweep = sweeps.Write(Grid, models: "byte.tint.yaml, other.tint.yaml", run: "batch: 3");
        CommandResult run = Tint.Run("sweep", sweep, "--output", sweeps.PathOf("out"), "--csv", sweeps.PathOf("out.csv"), "--html", sweeps.PathOf("out.html"));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Best settings of case", run.Output, StringComparison.Ordinal);

        using JsonDocument report = JsonDocument.Parse(sweeps.Report(sweep, "out"));
        JsonElement[] evaluations = [.. report.RootElement.GetProperty("evaluations").EnumerateArray()];
        Assert.Equal(["byte on text.txt", "other on text.txt"], evaluations.Select(evaluation => evaluation.GetProperty("label").GetString()));
        foreach ((string spec, JsonElement evaluation) in new[] { "byte", "other" }.Zip(evaluations))
        {
            string json = sweeps.PathOf("single.json");
            CommandResult single = Tint.Run(
                "eval", "perplexity", sweeps.PathOf($"{spec}.tint.yaml"), "--checkpoint", ByteModel.Checkpoint, "--text", sweeps.PathOf("text.txt"), "--block-size", "32",
                "--blocks", "10", "--train-fraction", "0.3,0.7", "--learning-rate", "1e-4,1e-3", "--layers", "1,4", "--exact", "none", "--json", json);
            Assert.Equal(0, single.ExitCode);
            using JsonDocument alone = JsonDocument.Parse(File.ReadAllText(json));
            Assert.Equal(
                JsonSerializer.Serialize(alone.RootElement.GetProperty("fractions")),
                JsonSerializer.Serialize(evaluation.GetProperty("perplexity").GetProperty("fractions")));
        }

        // Two fractions with the auxiliary model and four settings each, of two specs, and a header.
        Assert.Equal(1 + (2 * 2 * 5), File.ReadAllLines(sweeps.PathOf("out.csv")).Length);

        // Of each spec four plots over fraction and rate, and the blocks; texts only if runs keep the losses of tokens.
        string page = File.ReadAllText(sweeps.PathOf("out.html"));
        XElement html = XElement.Parse(page[(page.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
        Assert.Equal(2 * 5, html.Descendants("figure").Count());
        Assert.Contains(html.Descendants("h2"), heading => heading.Value == "Gain of TinT over the learning rate – other on text.txt");
        Assert.Contains("in a sweep token_losses", page, StringComparison.Ordinal);
    }

    [Fact]
    public void However_many_processes_share_a_sweep_the_report_is_the_same_and_no_unit_runs_twice()
    {
        string sweep = sweeps.Write(Grid);
        byte[]? expected = null;
        foreach (int shards in new[] { 1, 2, 5 })
        {
            string output = $"out{shards}";
            Process[] processes =
                [.. Enumerable.Range(1, shards).Select(shard => sweeps.Start("sweep", "run", sweep, "--output", output, "--shard", $"{shard}/{shards}"))];
            foreach (Process process in processes)
            {
                SweepCase.End(process);
                process.Dispose();
            }

            byte[] report = sweeps.Report(sweep, output);
            expected ??= report;
            Assert.Equal(expected, report);
            Assert.Equal(10 * 8, sweeps.Lines(output));
            Assert.Empty(Directory.GetFiles(Path.Combine(sweeps.PathOf(output), "claims")));
        }
    }

    [UnixFact]
    public void A_sweep_that_is_killed_again_and_again_ends_with_the_same_report()
    {
        string sweep = sweeps.Write(Large, models: "byte.tint.yaml, other.tint.yaml");
        Assert.Equal(0, Tint.Run("sweep", "run", sweep, "--output", sweeps.PathOf("whole")).ExitCode);
        byte[] expected = sweeps.Report(sweep, "whole");
        int units = 2 * 12;
        int settings = 4 * 6 * 3;

        Random random = new(1);
        int kills = int.Parse(Environment.GetEnvironmentVariable("TINT_TEST_KILLS") ?? "4", System.Globalization.CultureInfo.InvariantCulture);
        string output = sweeps.PathOf("killed");
        for (int kill = 0; kill < kills; kill++)
        {
            int before = Directory.Exists(output) ? sweeps.Lines("killed") : 0;
            using Process process = sweeps.Start("sweep", "run", sweep, "--output", output);

            // Some way into its work, wherever that is.
            while (!process.HasExited && (!Directory.Exists(Path.Combine(output, "claims")) || Directory.GetFiles(Path.Combine(output, "claims")).Length == 0))
                Thread.Sleep(5);
            Thread.Sleep(random.Next(150));
            process.Kill();
            process.WaitForExit();
            Assert.True(sweeps.Lines("killed") >= before);
        }

        Assert.Equal(0, Tint.Run("sweep", "run", sweep, "--output", output).ExitCode);
        Assert.Equal(expected, sweeps.Report(sweep, "killed"));

        // Of each kill at most one unit, part of which a torn log may have.
        Assert.InRange(sweeps.Lines("killed"), units * settings, (units + kills) * settings);
    }

    [UnixFact]
    public void An_interrupted_sweep_gives_its_units_up_and_shows_a_partial_report()
    {
        string sweep = sweeps.Write(Large, models: "byte.tint.yaml, other.tint.yaml");
        using Process process = sweeps.Start("sweep", "run", sweep, "--output", "out");
        string? line = process.StandardError.ReadLine();
        while (line is not null && !line.StartsWith("10%", StringComparison.Ordinal))
            line = process.StandardError.ReadLine();
        using (Process kill = Process.Start("kill", ["-TERM", SweepCase.Number(process.Id)]))
            kill.WaitForExit();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.Equal(143, process.ExitCode);
        Assert.EndsWith("cancelled\n", error.GetAwaiter().GetResult(), StringComparison.Ordinal);
        Assert.Contains("Partial: not all is finished of byte on text.txt; other on text.txt.", output, StringComparison.Ordinal);
        Assert.Contains("2 of 2 evaluations are not finished", output, StringComparison.Ordinal);
        Assert.All(Directory.GetFiles(Path.Combine(sweeps.PathOf("out"), "claims")), claim => Assert.Equal("released", File.ReadAllText(claim)));
        CommandResult status = Tint.Run("sweep", "status", sweep, "--output", sweeps.PathOf("out")).AssertDone();
        Assert.Contains("No process runs.", status.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_another_sweep_is_refused_with_the_difference()
    {
        string sweep = sweeps.Write("  blocks: 2\n  learning_rate: [1e-4]");
        string output = sweeps.PathOf("out");
        Assert.Equal(0, Tint.Run("sweep", "run", sweep, "--output", output).ExitCode);
        sweeps.Write("  blocks: 2\n  learning_rate: [1e-4, 1e-3]");
        Tint.Run("sweep", "run", sweep, "--output", output).AssertFailed(
            1,
            $"error: {Path.Combine(output, "sweep.json")}: belongs to another evaluation: 1: learning_rate is 0.0001, 0.001, there 0.0001. Name another file, or evaluate as there.");
        Tint.Run("sweep", "report", sweep, "--output", sweeps.PathOf("none")).AssertFailed(
            2, $"error: {sweeps.PathOf("none")} has no results of a sweep; run it first ('tint sweep run {sweep}'), or name its folder with --output.");
    }

    [Fact]
    public void A_torn_line_of_a_killed_process_is_run_again()
    {
        string sweep = sweeps.Write(Grid);
        string output = sweeps.PathOf("out");
        Assert.Equal(0, Tint.Run("sweep", "run", sweep, "--output", output).ExitCode);
        byte[] expected = sweeps.Report(sweep, "out");
        string log = Directory.GetFiles(Path.Combine(output, "logs")).Single();
        byte[] bytes = File.ReadAllBytes(log);
        File.WriteAllBytes(log, bytes[..^20]);
        Assert.Contains("\"complete\": false", Encoding.UTF8.GetString(sweeps.Report(sweep, "out")), StringComparison.Ordinal);

        CommandResult again = Tint.Run("sweep", "run", sweep, "--output", output);
        Assert.Contains("This process ran 1 units", again.Error, StringComparison.Ordinal);
        Assert.Equal(expected, sweeps.Report(sweep, "out"));
    }

    [Fact]
    public void A_sweep_of_tasks_is_shared_run_by_run_and_has_the_numbers_of_a_single_evaluation()
    {
        string data = Directory.CreateDirectory(sweeps.PathOf(Path.Combine("data", "SST2"))).FullName;
        string[] words = ["good", "fine", "bad", "poor"];
        foreach ((string name, int count) in new[] { ("train", 8), ("test", 12) })
        {
            File.WriteAllLines(Path.Combine(data, $"{name}.jsonl"), Enumerable.Range(0, count).Select(
                row => $$"""{"text": "a {{words[row % 4]}} film {{row}}", "label": {{(row % 4 < 2 ? 1 : 0)}}}"""));
        }

        string sweep = sweeps.WriteAll("tasks", $$"""
            models: {spec: byte.tint.yaml, checkpoint: '{{ByteModel.Checkpoint}}'}
            in_context: {data: data, task: SST2, shots: [0, 2], eval_samples: 4, train_seed: [1, 2], learning_rate: [1e-4, 1e-3], layers: [1, 4], loss: [context, label]}
            run: {threads: 1}
            """);
        Process[] processes = [.. Enumerable.Range(1, 3).Select(shard => sweeps.Start("sweep", "run", sweep, "--output", "out", "--shard", $"{shard}/3"))];
        foreach (Process process in processes)
        {
            SweepCase.End(process);
            process.Dispose();
        }

        string json = sweeps.PathOf("single.json");
        CommandResult single = Tint.Run(
            "eval", "icl", sweeps.PathOf("byte.tint.yaml"), "--checkpoint", ByteModel.Checkpoint, "--data", sweeps.PathOf("data"), "--task", "SST2", "--shots", "0,2",
            "--eval-samples", "4", "--train-seed", "1,2", "--learning-rate", "1e-4,1e-3", "--layers", "1,4", "--json", json);
        Assert.True(single.ExitCode == 0, single.Error);
        using JsonDocument report = JsonDocument.Parse(sweeps.Report(sweep, "out"));
        using JsonDocument alone = JsonDocument.Parse(File.ReadAllText(json));
        JsonElement evaluation = report.RootElement.GetProperty("evaluations")[0];
        Assert.True(evaluation.GetProperty("complete").GetBoolean());
        Assert.Equal(JsonSerializer.Serialize(alone.RootElement), JsonSerializer.Serialize(evaluation.GetProperty("in_context")));
        CommandResult plan = Tint.Run("sweep", "plan", sweep).AssertDone();
        Assert.Contains("GFLOP", plan.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_counts_shared_passes_once()
    {
        string sweep = sweeps.Write(Grid);
        CommandResult plan = Tint.Run("sweep", "plan", sweep, "--no-time").AssertDone();
        Assert.Contains("byte on text.txt     10", plan.Output, StringComparison.Ordinal);
        Assert.Contains("Time was not measured.", plan.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_example_sweep_can_be_read()
    {
        string example = TinT.Tests.Common.RepositoryFiles.InRepository("specs", "byte-gpt2.sweep.yaml");
        Assert.Contains("Plan of byte-gpt2", Tint.Run("sweep", "plan", example, "--no-time").AssertDone().Output, StringComparison.Ordinal);
    }
}
