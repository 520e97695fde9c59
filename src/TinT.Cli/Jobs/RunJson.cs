using System.Text.Json.Serialization;
using TinT.Model;
using TinT.Reports.Json;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Simulation;

namespace TinT.Cli.Jobs;

/// <summary>What <c>tint run</c> computed, in short, as JSON for programs: this record is the format. Fields may be added, never renamed.</summary>
/// <param name="Schema"><c>tint.run/1</c>.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="ComputedBy"><c>compiled</c>, <c>double</c> or <c>literal</c>.</param>
/// <param name="WeightStorage"><c>f32</c>, <c>bf16</c> or <c>f16</c>.</param>
/// <param name="Sequences">Sequences.</param>
/// <param name="Tokens">Tokens in each.</param>
/// <param name="Steps">Inner steps.</param>
/// <param name="TrainedLayers">Trained layers.</param>
/// <param name="LearningRate">Inner learning rate.</param>
/// <param name="Losses">Losses of each sequence.</param>
/// <param name="Finite">Whether every value is finite.</param>
/// <param name="NonFinite">For each sequence with other values the first one, in the order of the computation.</param>
internal sealed record RunJson(
    string Schema,
    string Model,
    string ComputedBy,
    string WeightStorage,
    int Sequences,
    int Tokens,
    int Steps,
    int TrainedLayers,
    double LearningRate,
    IReadOnlyList<RunJson.Loss> Losses,
    bool Finite,
    IReadOnlyList<NonFiniteJson> NonFinite)
{
    /// <summary>Writes UTF-8 JSON with a newline at the end.</summary>
    public static void Write(
        Stream stream, RunRequest request, RunOptions options, SimulatorDescription description, SimulationBatch batch, RunOutcome outcome) =>
        ReportJson.Write(stream, Of(request, options, description, batch, outcome), RunContract.Default);

    private static RunJson Of(RunRequest request, RunOptions options, SimulatorDescription description, SimulationBatch batch, RunOutcome outcome) => new(
        "tint.run/1",
        description.Model,
        request switch { { Literal: true } => "literal", { DoublePrecision: true } => "double", _ => "compiled" },
        request.Simulator.Weights.ShortName(),
        batch.BatchSize,
        batch.TokenCount,
        options.Steps ?? description.Training.Steps,
        options.TrainedLayers ?? description.Training.Layers,
        options.LearningRate ?? description.Training.LearningRate,
        [.. outcome.LossesBefore.Zip(outcome.LossesAfter, (before, after) => new Loss(before, after))],
        outcome.NonFinite.Count == 0,
        [.. outcome.NonFinite.Select(NonFiniteJson.Of)]);

    /// <summary>Nats per token before and after the inner steps; null if not finite.</summary>
    internal sealed record Loss(double Before, double After);
}

[JsonSerializable(typeof(RunJson)), JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
internal sealed partial class RunContract : JsonSerializerContext;
