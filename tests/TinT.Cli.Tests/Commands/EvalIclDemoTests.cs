using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TinT.Tests.Common;

namespace TinT.Cli.Tests.Commands;

/// <summary>The in-context evaluation on the model and the tasks that ship.</summary>
public sealed class EvalIclDemoTests : IDisposable
{
    /// <summary>A tenth of the demonstration.</summary>
    private static readonly string[] small = ["eval", "icl", "--demo", "--eval-samples", "10", "--train-seed", "1", "--learning-rate", "3e-2", "--layers", "1", "--steps", "4"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_demonstration_runs_without_files_and_says_what_its_numbers_say()
    {
        string json = folder.File("result.json");

        CommandResult result = Run("--json", json);

        string[] lines = result.Output.Split('\n');
        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(json));
        foreach (string task in (string[])["Films", "Signs"])
        {
            foreach (int shots in (int[])[0, 8])
            {
                double accuracy = Runs(report).Single(run => Word(run, "task") == task && run.GetProperty("shots").GetInt32() == shots
                    && Word(run, "method") == "auxiliary" && Word(run, "draw") == "test" && Word(run, "layout") == (shots == 0 ? "single" : "multi")).GetProperty("accuracy").GetDouble();
                Assert.Single(lines, line => line.StartsWith(
                    string.Create(CultureInfo.InvariantCulture, $"{task}, {(shots == 0 ? "no" : shots)} demonstrations: the auxiliary model labels {100 * accuracy:0.0}% right ["),
                    StringComparison.Ordinal));
            }
        }

        // The text follows from the intervals: helps or harms where these leave zero out.
        string[] verdicts = [.. lines.Where(line => line.StartsWith("  TinT, ", StringComparison.Ordinal) || line.StartsWith("  exact SGD, ", StringComparison.Ordinal))];
        Assert.Equal(8, verdicts.Length);
        Assert.All(verdicts, line =>
        {
            double[] interval = [.. line[(line.IndexOf('[', StringComparison.Ordinal) + 1)..line.IndexOf(']', StringComparison.Ordinal)].Split(", ").Select(
                bound => double.Parse(bound, CultureInfo.InvariantCulture))];
            Assert.Equal(interval[0] > 0, line.EndsWith("it helps.", StringComparison.Ordinal));
            Assert.Equal(interval[1] < 0, line.EndsWith("it harms.", StringComparison.Ordinal));
        });
        Assert.Contains("  tint eval icl model.tint.yaml --checkpoint MODEL --data DATA --task-file mine.json", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dry_run_counts_passes_and_measures_what_they_take()
    {
        CommandResult result = Tint.Run([.. small, "--dry-run"]);

        Assert.True(result.ExitCode == 0, result.Error);

        // Scored are 11 prompts before in two layouts on two draws; learned is in two passes a step, once for each set, layout and method, then scored again.
        Assert.Matches(@"\nFilms +8 +1 +1\d\d +0 +4 +120 +396\n", result.Output);
        Assert.Matches(@"Time expected here: at most \d+\.\d (seconds|minutes)\. A pass takes \d+\.\d\d\d ms a token, one of exact SGD \d+\.\d\d\d ms", result.Output);
    }

    [Fact]
    public void The_model_knows_usual_labels_on_films_that_it_never_saw_labelled()
    {
        string json = folder.File("result.json");

        Run("--eval-samples", "60", "--shots", "0", "--json", json);

        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(json));
        JsonElement films = Runs(report).First(run => Word(run, "task") == "Films" && Word(run, "draw") == "test");
        Assert.InRange(films.GetProperty("accuracy").GetDouble(), 0.8, 1);
    }

    [Theory]
    [InlineData("--demo has a model and data of its own: leave --checkpoint or --demo out.", "--demo", "--checkpoint", "models")]
    [InlineData("--demo has a model and data of its own: leave SPEC or --demo out.", "some.tint.yaml", "--demo")]
    [InlineData("--demo has a model and data of its own: leave --task or --demo out.", "--demo", "--task", "MR")]
    [InlineData("SPEC, --checkpoint, --data are missing; name the model and the data, or use --demo for those that ship.")]
    [InlineData("--data is missing; name the model and the data, or use --demo for those that ship.", "some.tint.yaml", "--checkpoint", "models")]
    public void A_model_and_data_are_named_or_those_that_ship_are_taken(string problem, params string[] arguments)
    {
        CommandResult result = Tint.Run(["eval", "icl", .. arguments]);

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"error: {problem}\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_in_every_format_have_the_same_rows()
    {
        string[] kinds = ["json", "csv", "markdown", "latex", "html"];

        CommandResult result = Run([.. kinds.SelectMany(kind => new[] { $"--{kind}", folder.File(kind) })]);

        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(folder.File("json")));
        JsonElement[] rows = [.. report.RootElement.GetProperty("rows").EnumerateArray()];
        JsonElement[] runs = Runs(report);
        string[] csv = File.ReadAllLines(folder.File("csv"));
        Assert.Equal(runs.Length, csv.Length - 1);
        for (int run = 0; run < runs.Length; run++)
        {
            // Columns of numbers and words are named alike in both.
            foreach ((string name, string cell) in csv[0].Split(',').Zip(csv[run + 1].Split(',')).Skip(1))
            {
                JsonElement value = runs[run].GetProperty(name);
                string expected = value.ValueKind switch
                {
                    JsonValueKind.Null => "",
                    JsonValueKind.True => "true",
                    JsonValueKind.False => "false",
                    _ => value.ToString(),
                };
                Assert.True(
                    expected == cell || double.Parse(expected, CultureInfo.InvariantCulture) == double.Parse(cell, CultureInfo.InvariantCulture), $"{name}: {cell}, not {expected}");
            }
        }

        string markdown = File.ReadAllText(folder.File("markdown"));
        string latex = File.ReadAllText(folder.File("latex"));
        string html = File.ReadAllText(folder.File("html"));
        foreach (JsonElement row in rows.Where(row => row.GetProperty("loss").ValueKind == JsonValueKind.String))
        {
            foreach (string mean in row.GetProperty("mean").EnumerateArray().Select(mean => (100 * mean.GetDouble()).ToString("0.0", CultureInfo.InvariantCulture)))
            {
                Assert.Matches($@"\| {Word(row, "method")} +\| {Word(row, "layout")} +\| {Word(row, "loss")} .*{mean}", markdown);
                Assert.Matches($@"{Word(row, "method")} *& {Word(row, "layout")} *& {Word(row, "loss")} .*{mean}.*\\\\", latex);
                Assert.Contains(mean, html, StringComparison.Ordinal);
            }
        }

        Assert.Contains("| task ", markdown, StringComparison.Ordinal);
        Assert.Contains(@"\begin{tabular}", latex, StringComparison.Ordinal);
        Assert.Equal(4, html.Split("<svg").Length - 1);
        foreach (JsonElement input in report.RootElement.GetProperty("inputs").EnumerateArray())
            Assert.Contains(input.GetProperty("sha256").GetString()!, html, StringComparison.Ordinal);
        Assert.Contains("Chosen settings", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_runs_the_first_queries_and_a_single_calibration_no_other()
    {
        string whole = folder.File("whole.jsonl");
        string limited = folder.File("limited.jsonl");
        string json = folder.File("limited.json");

        Run("--samples", whole);
        Run("--samples", limited, "--limit", "3", "--json", json);

        // The settings are those of the grid, of which there is one, so that lines of the same query are the same.
        HashSet<string> lines = [.. File.ReadAllLines(whole)];
        string[] first = File.ReadAllLines(limited);
        Assert.NotEmpty(first);
        Assert.Equal(first.Length, 3 * lines.Count / 10);
        Assert.Empty(first.Select(IndexAndSetting).Except(lines.Select(IndexAndSetting)));
        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(json));
        Assert.All(Runs(report), run => Assert.Equal(("plain", 3), (Word(run, "scores"), run.GetProperty("queries").GetInt32())));

        static string IndexAndSetting(string line)
        {
            JsonElement json = JsonDocument.Parse(line).RootElement;
            return $"{json.GetProperty("index")} {json.GetProperty("label")} {json.GetProperty("prompt")} {json.GetProperty("setting")}";
        }
    }

    [Fact]
    public void A_second_model_is_scored_beside_and_the_same_one_scores_the_same()
    {
        string json = folder.File("result.json");
        string model = Path.Combine(AppContext.BaseDirectory, "Models", "few-shot-gpt2");
        string tasks = Path.Combine(AppContext.BaseDirectory, "Tasks");

        CommandResult result = Tint.Run(
            "eval", "icl", RepositoryFiles.InRepository("specs", "few-shot-gpt2.tint.yaml"), "--checkpoint", model, "--second", model, "--data", tasks,
            "--task-file", Path.Combine(tasks, "Films.json"), "--eval-samples", "4", "--shots", "0,2", "--train-seed", "1", "--loss", "label", "--learning-rate", "1e-3", "--json", json);

        Assert.True(result.ExitCode == 0, result.Error);
        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(json));
        foreach (string scores in (string[])["plain", "pmi"])
        {
            double[] Accuracies(string method) => [.. Runs(report).Where(run => Word(run, "method") == method && Word(run, "scores") == scores).Select(
                run => run.GetProperty("smallest_margin").GetDouble())];
            Assert.Equal(6, Accuracies("second").Length);
            Assert.Equal(Accuracies("auxiliary"), Accuracies("second"));
        }

        Assert.Contains(" second ", result.Output, StringComparison.Ordinal);
    }

    /// <summary>Killed in the middle, an evaluation goes on where it stopped and ends with the bytes of one that was not.</summary>
    [UnixFact]
    public void An_evaluation_that_was_killed_ends_with_the_same_bytes()
    {
        string[] kinds = ["log", "samples", "json"];
        string[] Outputs(string name) => [.. kinds.SelectMany(kind => new[] { $"--{kind}", folder.File($"{name}.{kind}") })];
        Run(Outputs("whole"));

        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "tint.dll"), .. small, .. Outputs("killed")])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using (Process process = Process.Start(start)!)
        {
            process.BeginErrorReadLine();
            process.BeginOutputReadLine();
            while (!process.HasExited && Lines("killed.log") < 5)
                Thread.Sleep(1);
            process.Kill();
            process.WaitForExit();
        }

        int kept = Lines("killed.log");
        CommandResult resumed = Run(Outputs("killed"));

        Assert.InRange(kept, 5, Lines("whole.log"));
        Assert.Contains("runs are finished and not repeated", resumed.Error, StringComparison.Ordinal);
        foreach (string kind in kinds)
            Assert.Equal(File.ReadAllBytes(folder.File($"whole.{kind}")), File.ReadAllBytes(folder.File($"killed.{kind}")));

        int Lines(string name)
        {
            if (!File.Exists(folder.File(name)))
                return 0;
            using FileStream stream = new(folder.File(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using StreamReader reader = new(stream);
            return reader.ReadToEnd().Count(letter => letter == '\n');
        }
    }

    private static JsonElement[] Runs(JsonDocument report) => [.. report.RootElement.GetProperty("runs").EnumerateArray()];

    private static string? Word(JsonElement run, string name) => run.GetProperty(name).GetString();

    /// <summary>Options given again replace those of the small demonstration.</summary>
    private static CommandResult Run(params string[] options)
    {
        List<string> all = [.. small];
        for (int index = 0; index < options.Length; index += 2)
        {
            int place = all.IndexOf(options[index]);
            if (place >= 0)
                all[place + 1] = options[index + 1];
            else
                all.AddRange([options[index], options[index + 1]]);
        }

        CommandResult result = Tint.Run([.. all]);
        Assert.True(result.ExitCode == 0, result.Error);
        return result;
    }
}
