using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TinT.Evaluation.InContext.Data;
using TinT.Evaluation.InContext.Logs;
using TinT.Evaluation.InContext.Prompts;
using TinT.Evaluation.InContext.Protocol;
using TinT.Evaluation.Logs;
using TinT.Reports.InContext;

namespace TinT.Cli.Jobs;

/// <summary>
/// Appends a JSON line for each query of each run that learns, flushed run by run: of runs that finish, that come from other logs, and that the log which is
/// gone on with has but the file lacks. Lines tell of the auxiliary model too; those of a run whose auxiliary run some other process has wait for it.
/// </summary>
internal sealed class SampleLines : IRunLog<RunKey, InContextRun>, IDisposable
{
    private readonly string path;
    private readonly InContextPlan plan;
    private readonly IRunLog<RunKey, InContextRun> log;
    private readonly FileStream stream;
    private readonly Dictionary<RunKey, InContextRun> auxiliary = [];
    private readonly List<InContextRun> waiting = [];

    /// <summary>Opens the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="log">Where runs are kept.</param>
    /// <param name="resumed">The runs of the log that is gone on with; <see langword="null"/> if there is none: then nothing tells whose the lines are.</param>
    /// <exception cref="RunLogException">The file cannot be opened.</exception>
    public SampleLines(string path, InContextPlan plan, IRunLog<RunKey, InContextRun> log, IReadOnlyCollection<InContextRun>? resumed)
    {
        (this.path, this.plan, this.log) = (path, plan, log);
        try
        {
            stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            HashSet<RunKey> written = [];
            long kept = Kept(resumed is not null, written);
            if (resumed is { Count: 0 } && kept < stream.Length)
            {
                stream.Dispose();
                throw new RunLogException(path, "has samples of runs that are in another log; name another file, or go on with that log.");
            }

            stream.SetLength(kept);
            stream.Seek(0, SeekOrigin.End);
            Write([.. (resumed ?? []).Where(run => !written.Contains(run.Key))]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunLogException(path, $"cannot be opened: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public InContextRun? Find(RunKey key) => log.Find(key);

    /// <inheritdoc/>
    public void Add(IReadOnlyCollection<InContextRun> runs)
    {
        Write(runs);
        log.Add(runs);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => stream.Dispose();

    /// <summary>Bytes up to the last whole line and, with a log, without the lines of a run that was not finished when the process ended.</summary>
    /// <param name="resumes">Whether there is a log.</param>
    /// <param name="written">Runs of the log that the file has.</param>
    private long Kept(bool resumes, HashSet<RunKey> written)
    {
        long end = 0;
        long unfinished = -1;
        using StreamReader reader = new(stream, leaveOpen: true);
        byte[] bytes = Encoding.UTF8.GetBytes(reader.ReadToEnd());
        while (bytes.AsSpan((int)end).IndexOf((byte)'\n') is >= 0 and int length)
        {
            RunKey? key = resumes ? Parsed(bytes.AsSpan((int)end, length)) : null;
            bool known = key is null || log.Find(key) is not null;
            if (key is not null && known)
                written.Add(key);
            unfinished = known ? -1 : unfinished < 0 ? end : unfinished;
            end += length + 1;
        }

        return unfinished < 0 ? end : unfinished;
    }

    /// <summary>The run that a line belongs to; <see langword="null"/> if it is none of these lines.</summary>
    private static RunKey? Parsed(ReadOnlySpan<byte> line)
    {
        Setting? setting;
        try
        {
            setting = JsonSerializer.Deserialize(line, Contract.Line)?.Setting;
        }
        catch (JsonException)
        {
            return null;
        }

        return setting is null
            ? null
            : new RunKey(
                setting.Method,
                setting.Task,
                setting.Shots,
                setting.TrainSeed,
                setting.Layout == InContextWords.Of(PromptLayout.Separate) ? PromptLayout.Separate : PromptLayout.Joint,
                setting.Loss == InContextWords.Of(PromptLoss.Label) ? PromptLoss.Label : PromptLoss.Context,
                new InnerSetting(setting.Layers, setting.Steps, setting.LearningRate),
                setting.Draw == InContextWords.Of(Draw.Test) ? Draw.Test : Draw.Evaluation);
    }

    private void Write(IReadOnlyCollection<InContextRun> runs)
    {
        foreach (InContextRun run in runs.Where(run => run.Key.Setting is null))
            auxiliary[run.Key] = run;
        waiting.AddRange(runs.Where(run => run.Key.Setting is not null));
        foreach (InContextRun run in waiting.ToArray())
        {
            if (auxiliary.GetValueOrDefault(run.Key with { Method = InContextEvaluator.Auxiliary, Loss = null, Setting = null }) is not { } before)
                continue;
            Write(run, before);
            waiting.Remove(run);
        }
    }

    private void Write(InContextRun after, InContextRun before)
    {
        PlannedTask task = plan.Tasks.First(task => task.Data.Name == after.Key.Task);
        DemonstrationSet set = task.Demonstrations.First(set => set.Shots == after.Key.Shots && set.Seed == after.Key.TrainSeed);
        PromptBuilder builder = plan.BuilderOf(task.Data, after.Key.Layout, after.Key.Loss!.Value);
        double[][] calibratedBefore = [.. before.ScoresOf(Calibration.Pmi)];
        double[][] calibratedAfter = [.. after.ScoresOf(Calibration.Pmi)];
        IReadOnlyList<int>[] predictions =
        [
            before.Predict(Calibration.Plain).Classes, after.Predict(Calibration.Plain).Classes, before.Predict(Calibration.Pmi).Classes, after.Predict(Calibration.Pmi).Classes,
        ];
        try
        {
            for (int query = 0; query < after.Rows.Count; query++)
            {
                LabelledText row = task.Data.Test.Rows[after.Rows[query]];
                Prompt prompt = builder.BuildAll(set.Texts, row.Text).Prompts[0];
                InnerSetting setting = after.Key.Setting!.Value;
                Line line = new(
                    after.Rows[query],
                    row.Label,
                    prompt.Ids,
                    prompt.Text,
                    new Pairs<double[]>(new(before.Scores[query], after.Scores[query]), new(calibratedBefore[query], calibratedAfter[query])),
                    new Pairs<int>(new(predictions[0][query], predictions[1][query]), new(predictions[2][query], predictions[3][query])),
                    new Setting(
                        after.Key.Method, after.Key.Task, after.Key.Shots, after.Key.TrainSeed, InContextWords.Of(after.Key.Layout), InContextWords.Of(
                            after.Key.Loss.Value),
                        setting.Layers, setting.Steps, setting.LearningRate, InContextWords.Of(after.Key.Draw)));
                JsonSerializer.Serialize(stream, line, Contract.Line);
                stream.WriteByte((byte)'\n');
            }

            stream.Flush(flushToDisk: true);
        }
        catch (IOException exception)
        {
            throw new RunLogException(path, $"cannot be written: {exception.Message}", exception);
        }
    }

    // Written to files, never into HTML: texts in any script stay readable.
    private static SampleContract Contract { get; } = new(
        new JsonSerializerOptions(SampleContract.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>A line.</summary>
    internal sealed record Line(int Index, int Label, int[] InputIds, string Prompt, Pairs<double[]> Scores, Pairs<int> Predictions, Setting Setting);

    /// <summary>Something of plain and of calibrated scores.</summary>
    internal sealed record Pairs<T>(Pair<T> Plain, Pair<T> Calibrated);

    /// <summary>Something before and after the inner steps.</summary>
    internal sealed record Pair<T>(T Before, T After);

    /// <summary>The setting that a line belongs to.</summary>
    internal sealed record Setting(
        string Method, string Task, int Shots, int TrainSeed, string Layout, string Loss, int Layers, int Steps, double LearningRate, string Draw);
}

[JsonSerializable(typeof(SampleLines.Line))]
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
internal sealed partial class SampleContract : JsonSerializerContext;
