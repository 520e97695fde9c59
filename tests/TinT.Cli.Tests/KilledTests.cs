using System.Diagnostics;
using TinT.Cli.Outcomes;
using TinT.Tests.Common;

namespace TinT.Cli.Tests;

/// <summary>The tool, killed before and after every rename, then run again.</summary>
public sealed class KilledTests : IDisposable
{
    private const int Killed = 137;

    private readonly TemporaryFolder folder = new();

    private static GoldenCase Golden => GoldenCases.Open("gpt2_var_mask_all_ones");

    public void Dispose() => folder.Dispose();

    [UnixFact]
    public void Where_directories_can_be_exchanged_a_killed_export_leaves_the_old_or_the_new_one() => KillExport(exchange: true, target =>
    {
        string[] files = Directory.GetFiles(target);
        Assert.True(files.Length == 3, string.Join(' ', files));
    });

    [UnixFact]
    public void Where_they_cannot_the_next_export_mends_what_was_left() => KillExport(exchange: false, _ => { });

    [UnixFact]
    public void A_killed_emission_into_a_new_directory_leaves_none_or_all_files()
    {
        string target = folder.File("generated");
        string[] arguments = ["emit", ByteModel.Spec, "--output", target];
        Tint.Run("emit", ByteModel.Spec, "--output", folder.File("expected")).AssertDone();
        Dictionary<string, string> expected = Contents(folder.File("expected"));

        int steps = KillEverywhere(arguments, exchange: true, () =>
        {
            if (Directory.Exists(target))
                Assert.Equal(expected, Contents(target));
            Tint.Run(arguments).AssertDone();
            Assert.Equal(expected, Contents(target));
            AssertNothingLeftOver();
            Directory.Delete(target, recursive: true);
        });

        Assert.Equal(2, steps);
    }

    [UnixFact]
    public void A_killed_emission_among_other_files_leaves_whole_files_and_is_completed_by_the_next()
    {
        string target = folder.File("generated");
        string[] arguments = ["emit", ByteModel.Spec, "--output", target];
        Tint.Run(arguments).AssertDone();
        Dictionary<string, string> expected = Contents(target);
        void MakeOld()
        {
            foreach (string name in expected.Keys)
                File.WriteAllText(Path.Combine(target, name), "old");
        }

        File.WriteAllText(Path.Combine(target, "Mine.cs"), "mine");
        MakeOld();
        bool replaced = false;
        int steps = KillEverywhere(arguments, exchange: true, () =>
        {
            string[] texts = [.. expected.Select(file => File.ReadAllText(Path.Combine(target, file.Key)))];
            Assert.All(expected.Zip(texts), pair => Assert.True(pair.Second == "old" || pair.Second == pair.First.Value, pair.First.Key));
            bool ready = Directory.Exists(Path.Combine(target, ".tint-emit-ready"));
            replaced |= ready;

            // Another model's files: what the killed process had ready gets its places all the same.
            Tint.Run("emit", Golden.SpecPath, "--output", target).AssertDone();
            string[] later = [.. expected.Select(file => File.ReadAllText(Path.Combine(target, file.Key)))];
            bool isNew = ready || texts.All(text => text != "old");
            Assert.Equal(isNew ? expected.Values : expected.Select(_ => "old"), later);
            Assert.Equal("mine", File.ReadAllText(Path.Combine(target, "Mine.cs")));
            AssertNothingLeftOver();
            MakeOld();
        });

        Assert.Equal(2 * (1 + expected.Count), steps);
        Assert.True(replaced);
    }

    [UnixFact]
    public void A_killed_report_leaves_the_old_or_the_new_file()
    {
        string json = folder.File("plan.json");
        File.WriteAllText(json, "old");
        string[] arguments = ["plan", ByteModel.Spec, "--threads", "1", "--json", json];

        int steps = KillEverywhere(arguments, exchange: true, () =>
        {
            string text = File.ReadAllText(json);
            Assert.True(text == "old" || text.EndsWith("}\n", StringComparison.Ordinal));
            Tint.Run(arguments).AssertDone();
            Assert.Equal([json], Directory.GetFileSystemEntries(folder.Path));
        });

        Assert.Equal(2, steps);
    }

    private void KillExport(bool exchange, Action<string> check)
    {
        string target = folder.File("export");
        string[] arguments = ["export", Golden.SpecPath, "--checkpoint", Golden.Folder, "--output", target];
        Tint.Run(arguments).AssertDone();
        File.Copy(Path.Combine(target, "simulator.json"), folder.File("hard.json"));
        string[] forced = [.. arguments, "--gate-scale", "8", "--force"];

        int steps = KillEverywhere(forced, exchange, () =>
        {
            check(target);
            if (Directory.Exists(target))
                AssertWhole(target);

            // The next run mends, even one that then refuses to replace.
            CommandResult refused = Tint.Run(arguments);
            Assert.Contains("holds an exported simulator", refused.Error, StringComparison.Ordinal);
            AssertWhole(target);
            AssertNothingLeftOver();
            Tint.Run([.. arguments, "--force"]).AssertDone();
        });

        Assert.True(steps >= 4, $"{steps} steps");
    }

    /// <summary>Every file belongs to the same export.</summary>
    private static void AssertWhole(string target)
    {
        bool soft = File.ReadAllText(Path.Combine(target, "simulator.json")).Contains("\"tanh\"", StringComparison.Ordinal);
        using Runtime.Checkpoints.SafetensorsFile shard = Runtime.Checkpoints.SafetensorsFile.Open(Directory.GetFiles(target, "*.safetensors").Single());
        Assert.NotEmpty(shard.Tensors);
        Assert.True(File.Exists(Path.Combine(target, "model.safetensors.index.json")));
        Assert.Equal(soft ? 8 : 10, GateScale(Path.Combine(target, "simulator.json")));
    }

    private static double GateScale(string description)
    {
        using System.Text.Json.JsonDocument json = System.Text.Json.JsonDocument.Parse(File.ReadAllText(description));
        return json.RootElement.GetProperty("settings").GetProperty("gate_scale").GetDouble();
    }

    /// <summary>Kills the process at its first step, then its second, until it has no more.</summary>
    /// <returns>The number of steps.</returns>
    private static int KillEverywhere(string[] arguments, bool exchange, Action check)
    {
        for (int step = 1; ; step++)
        {
            ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (string argument in (string[])[Path.Combine(AppContext.BaseDirectory, "TinT.KilledHost.dll"), $"{step}", $"{exchange}", .. arguments])
                start.ArgumentList.Add(argument);
            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode == ExitCode.Done)
                return step - 1;
            Assert.True(process.ExitCode == Killed, error.Result);
            check();
        }
    }

    private static Dictionary<string, string> Contents(string directory) =>
        Directory.GetFiles(directory).ToDictionary(path => Path.GetFileName(path), File.ReadAllText, StringComparer.Ordinal);

    private void AssertNothingLeftOver() =>
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path, ".*", SearchOption.AllDirectories));
}
