using System.Text.Json;
using System.Xml.Linq;
using TinT.Tests.Common;

namespace TinT.Cli.Tests.Commands;

public sealed class EvalIclTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>The authors' evaluation end to end: rows drawn, prompts, scores, predictions and accuracies, from the files to the report.</summary>
    [SharedFolderTheory("golden-icl"), MemberData(nameof(InContextCase.All), MemberType = typeof(InContextCase))]
    public void Accuracies_are_the_authors(string name)
    {
        InContextCase golden = new(name);
        if (golden.IsBaseline)
            return;
        string json = folder.File("result.json");
        string samples = folder.File("samples.jsonl");

        Done(Evaluate(golden, "--json", json, "--samples", samples));

        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(json));
        JsonElement task = report.RootElement.GetProperty("tasks")[0];
        Assert.Equal(golden.TrainIndex, task.GetProperty("demonstrations")[0].GetProperty("rows").EnumerateArray().Select(row => row.GetInt32()));
        foreach ((string scores, string column) in new[] { ("plain", "plain"), ("pmi", "calibrated") })
        {
            double[] accuracies = [.. report.RootElement.GetProperty("runs").EnumerateArray()
                .Where(run => run.GetProperty("scores").GetString() == scores).OrderBy(run => run.GetProperty("loss").ValueKind == JsonValueKind.String)
                .Select(run => run.GetProperty("accuracy").GetDouble())];
            Assert.Equal([golden.Accuracy($"{column}.before"), golden.Accuracy($"{column}.after")], accuracies);
        }

        JsonElement[] lines = [.. File.ReadAllLines(samples).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(golden.EvaluationIndex, lines.Select(line => line.GetProperty("index").GetInt32()));
        Assert.Equal(
            golden.Predictions("plain.after"), lines.Select(line => line.GetProperty("predictions").GetProperty("plain").GetProperty("after").GetInt32()));
        Assert.Equal(golden.Predictions("calibrated.before"), lines.Select(
            line => line.GetProperty("predictions").GetProperty("calibrated").GetProperty("before").GetInt32()));
    }

    /// <summary>Their dynamic evaluation: exact SGD once for a set of demonstrations, then the queries.</summary>
    [SharedFolderTheory("golden-icl"), MemberData(nameof(InContextCase.Baselines), MemberType = typeof(InContextCase))]
    public void Accuracies_of_dynamic_evaluation_are_the_authors(string name)
    {
        InContextCase golden = new(name);
        string spec = folder.File("dynamic.tint.yaml");
        File.WriteAllText(spec, File.ReadAllText(new InContextCase("opt_films_k4_multi_context").SpecPath).Replace("steps: 1", "steps: 2", StringComparison.Ordinal));
        string json = folder.File("result.json");

        Done(Evaluate(golden, "--exact", "blocks", "--json", json));

        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(json));
        foreach ((string scores, string column) in new[] { ("plain", "plain"), ("pmi", "calibrated") })
        {
            JsonElement run = Assert.Single(
                report.RootElement.GetProperty("runs").EnumerateArray(), run => Word(run, "method") == "dynamic evaluation" && Word(run, "scores") == scores);
            Assert.Equal(golden.Accuracy($"{column}.after"), run.GetProperty("accuracy").GetDouble());
        }
    }

    [SharedFolderFact("golden-icl")]
    public void An_evaluation_that_was_ended_goes_on_where_it_stopped_and_ends_with_the_same_bytes()
    {
        InContextCase golden = new("opt_films_k4_multi_context");
        string[] grid = ["--learning-rate", "1e-4,1e-3", "--train-seed", "1,2", "--layout", "single,multi", "--loss", "context,label", "--shots", "0,4"];
        string whole = folder.File("whole.json");
        string resumed = folder.File("resumed.json");
        string log = folder.File("runs.log");
        string samples = folder.File("samples.jsonl");
        Done(Evaluate(golden, [.. grid, "--json", whole, "--log", log, "--samples", samples]));
        byte[] complete = File.ReadAllBytes(log);
        byte[] lines = File.ReadAllBytes(samples);

        // Killed while it wrote its tenth run.
        int lost = Enumerable.Range(0, complete.Length).Where(place => complete[place] == '\n').ElementAt(9) + 20;
        File.WriteAllBytes(log, complete[..lost]);
        CommandResult result = Done(Evaluate(golden, [.. grid, "--json", resumed, "--log", log, "--samples", samples]));

        Assert.Contains("9 runs are finished and not repeated", result.Error, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(resumed));
        Assert.Equal(complete, File.ReadAllBytes(log));
        Assert.Equal(lines, File.ReadAllBytes(samples));

        // With everything finished nothing is run again; a torn line of samples goes away, and the log has what others say.
        File.WriteAllText(samples, "{\"index\"");
        Done(Evaluate(golden, [.. grid, "--json", resumed, "--log", log, "--samples", samples]));
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(resumed));
        Assert.Equal(lines, File.ReadAllBytes(samples));
    }

    [SharedFolderFact("golden-icl")]
    public void A_log_of_another_evaluation_is_refused_with_the_difference_and_left_alone()
    {
        InContextCase golden = new("opt_films_k4_multi_label");
        string log = folder.File("runs.log");
        Done(Evaluate(golden, "--log", log));
        byte[] before = File.ReadAllBytes(log);

        CommandResult result = Evaluate(golden, "--log", log, "--max-length", "250");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("belongs to another evaluation: --max-length is 250, there 256.", result.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(log));
    }

    [SharedFolderFact("golden-icl")]
    public void Settings_are_chosen_on_other_queries_than_those_reported()
    {
        InContextCase golden = new("opt_films_k4_multi_label");
        string json = folder.File("result.json");

        CommandResult result = Done(Evaluate(golden, "--select", "held-out", "--learning-rate", "1e-4,1e-2", "--json", json));

        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(json));
        JsonElement[] runs = [.. report.RootElement.GetProperty("runs").EnumerateArray()];
        Assert.Equal(2, runs.Count(run => Word(run, "draw") == "evaluation" && Word(run, "method") == "TinT" && Word(run, "scores") == "plain"));
        Assert.All(runs.Where(run => run.GetProperty("chosen").GetBoolean()), run => Assert.Equal("test", Word(run, "draw")));
        Assert.Contains("settings were chosen on 8 others (seed 0)", result.Output, StringComparison.Ordinal);
    }

    [SharedFolderFact("golden-icl")]
    public void Prompts_that_are_too_long_are_refused_with_the_shots_that_fit_or_lose_demonstrations()
    {
        InContextCase golden = new("opt_films_k4_multi_label");

        CommandResult refused = Evaluate(golden, "--shots", "8", "--max-length", "100");
        CommandResult dropped = Done(Evaluate(golden, "--shots", "8", "--max-length", "100", "--too-long", "drop", "--dry-run"));

        Assert.Equal(2, refused.ExitCode);
        Assert.Matches(@"SST2: a prompt with 8 demonstrations \(seed 1\) has \d+ tokens, but 100 fit; 4 demonstrations would fit: use --shots 4, --too-long drop, ", refused.Error);
        Assert.Matches(@"SST2 +8 +1 +\d\d +4 ", dropped.Output);
    }

    [SharedFolderFact("golden-icl")]
    public void A_prompt_is_shown_token_by_token()
    {
        InContextCase golden = new("opt_films_k4_single_label");

        string page = folder.File("prompts.html");
        CommandResult result = Done(Evaluate(golden, "--show-prompts", "1", "--html", page));

        Assert.Contains("SST2, row 1 (class 0), 4 shots of seed 1, single, label loss\n", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"\n +18 +1179 +␣Positive +18 +1 +learned +0–18\n", result.Output);
        Assert.Matches(@"\n +93 +1235 +␣Negative +15 +query +candidate +0, 79–93\n", result.Output);
        XElement html = XElement.Parse(File.ReadAllText(page).Split('\n', 2)[1]);
        Assert.Contains(
            html.Descendants("tr"), row => row.Elements().Select(cell => cell.Value).SequenceEqual(["18", "1179", "␣Positive", "18", "1", "learned", "0–18"]));
    }

    [Fact]
    public void Mistakes_are_told_with_what_to_do()
    {
        string data = folder.File("data");
        Directory.CreateDirectory(Path.Combine(data, "SST2"));
        string train = Path.Combine(data, "SST2", "train.jsonl");
        string test = Path.Combine(data, "SST2", "test.csv");
        File.WriteAllText(train, string.Concat(Enumerable.Range(0, 8).Select(row => $"{{\"text\": \"row {row}\", \"label\": {row % 2}}}\n")));
        File.WriteAllText(test, "0,\"bad, really\"\n1,good\n");

        Assert.Contains("there is no task 'SST3'".ToUpperInvariant(), Failed(2, "--task", "SST3").ToUpperInvariant(), StringComparison.Ordinal);
        Assert.Contains("MR: has no train split; put one of train.jsonl, train.json, train.csv, train.tsv there", Failed(1, "--task", "MR"), StringComparison.Ordinal);
        Assert.Contains("test.csv: class 0 has 99 rows too few for a draw of 200", Failed(1), StringComparison.Ordinal);
        Assert.Contains("5 rows cannot be drawn from 2 classes with as many of each; use 4 or 6.", Failed(2, "--shots", "5", "--eval-samples", "2", "--select", "oracle"), StringComparison.Ordinal);
        Assert.Contains("--layout is single or multi, not 'double'", Failed(2, "--layout", "double"), StringComparison.Ordinal);
        Assert.Contains("A train seed is given twice", Failed(2, "--train-seed", "1,1"), StringComparison.Ordinal);
        Assert.Contains("--layers has 3 values and --steps 2; they go in pairs", Failed(2, "--layers", "4,2,1", "--steps", "1,1"), StringComparison.Ordinal);
        Assert.Contains("--steps is 2, but the spec compiles 1 to 1", Failed(2, "--layers", "4", "--steps", "2", "--eval-samples", "2", "--select", "oracle", "--shots", "0"), StringComparison.Ordinal);
        File.AppendAllText(train, "{\"text\": \"x\", \"label\": 2}\n");
        Assert.Contains("train.jsonl: line 9: label 2 is none of the classes 0 to 1 of the task.", Failed(1), StringComparison.Ordinal);
        File.WriteAllText(test, "0,\"open\n");
        File.WriteAllText(train, "{\"text\": \"x\", \"label\": 1}\n");
        Assert.Contains("test.csv: line 1: a quoted field that starts here does not end.", Failed(1), StringComparison.Ordinal);
        string task = folder.File("task.json");
        File.WriteAllText(task, "{\"name\": \"Mine\", \"template\": \"{text}: {label}!\", \"premise\": \"{label}\", \"labels\": [\"a\", \"b\"]}");
        Assert.Contains("task.json: the template must end in {label}, and have it once.", Failed(2, "--task-file", task), StringComparison.Ordinal);

        string Failed(int exitCode, params string[] options)
        {
            CommandResult result = Tint.Run(["eval", "icl", RepositoryFiles.InRepository("specs", "byte-gpt2.tint.yaml"), "--checkpoint", ByteModel.Checkpoint, "--data", data, .. options]);
            Assert.Equal(exitCode, result.ExitCode);
            Assert.Equal(1, result.Error.Split('\n').Count(line => line.StartsWith("error:", StringComparison.Ordinal)));
            return result.Error;
        }
    }

    private static string? Word(JsonElement run, string name) => run.GetProperty(name).GetString();

    /// <summary>Progress stands in the error output of a command that is done.</summary>
    private static CommandResult Done(CommandResult result)
    {
        Assert.True(result.ExitCode == 0, result.Error);
        return result;
    }

    private CommandResult Evaluate(InContextCase golden, params string[] options)
    {
        string data = folder.File("data");
        string spec = golden.IsBaseline ? folder.File("dynamic.tint.yaml") : golden.SpecPath;
        foreach (string split in new[] { "train", "test" })
        {
            Directory.CreateDirectory(Path.Combine(data, golden.Task.Name));
            File.Copy((split == "train" ? golden.Training : golden.Test).Path, Path.Combine(data, golden.Task.Name, split + ".jsonl"), overwrite: true);
        }

        Dictionary<string, string> all = new()
        {
            ["--task"] = golden.Task.Name,
            ["--template"] = golden.Text("task_template").Split('/')[1],
            ["--shots"] = golden.Text("shots"),
            ["--layout"] = golden.Text("layout"),
            ["--loss"] = golden.Text("loss"),
            ["--train-seed"] = golden.Text("train_seed"),
            ["--eval-samples"] = golden.Text("num_eval"),
            ["--learning-rate"] = golden.Text("learning_rate"),
            ["--layers"] = golden.Text("layers"),
            ["--steps"] = golden.IsBaseline ? golden.Text("epochs") : golden.Text("steps"),
            ["--select"] = "oracle",
            ["--compatibility"] = golden.Text("compatibility"),
            ["--tokenizer"] = golden.ModelFolder,
        };
        if (golden.Options.CutTokens is not null)
            (all["--max-length"], all["--too-long"]) = (golden.Text("max_length"), "cut");
        for (int index = 0; index < options.Length; index++)
        {
            if (options[index] != "--dry-run")
                all[options[index]] = options[++index];
        }

        return Tint.Run(
        [
            "eval", "icl", spec, "--checkpoint", golden.ModelFolder, "--data", data, .. all.SelectMany(option => new[] { option.Key, option.Value }),
            .. options.Contains("--dry-run") ? ["--dry-run"] : Array.Empty<string>(),
        ]);
    }
}
