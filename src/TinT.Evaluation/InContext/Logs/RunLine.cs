using System.Text.Json.Serialization;
using TinT.Evaluation.InContext.Prompts;
using TinT.Evaluation.InContext.Protocol;

namespace TinT.Evaluation.InContext.Logs;

/// <summary>A run as a line of a log.</summary>
internal sealed record RunLine(
    string Method,
    string Task,
    int Shots,
    int TrainSeed,
    PromptLayout Layout,
    PromptLoss? Loss,
    InnerSetting? Setting,
    Draw Draw,
    IReadOnlyList<int> Rows,
    IReadOnlyList<int> Labels,
    IReadOnlyList<double[]> Scores,
    double[] Premise)
{
    public static RunLine Of(InContextRun run) => new(
        run.Key.Method,
        run.Key.Task,
        run.Key.Shots,
        run.Key.TrainSeed,
        run.Key.Layout,
        run.Key.Loss,
        run.Key.Setting,
        run.Key.Draw,
        run.Rows,
        run.Labels,
        run.Scores,
        run.Premise);

    public InContextRun ToRun() => new(new RunKey(Method, Task, Shots, TrainSeed, Layout, Loss, Setting, Draw), Rows, Labels, Scores, Premise);
}

[JsonSerializable(typeof(RunLine))]
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UseStringEnumConverter = true)]
internal sealed partial class RunLineContract : JsonSerializerContext;
