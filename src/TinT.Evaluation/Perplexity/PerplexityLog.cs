using System.Text.Json;
using System.Text.Json.Serialization;
using TinT.Evaluation.Logs;
using TinT.Evaluation.Sweeps;

namespace TinT.Evaluation.Perplexity;

/// <summary>Block runs in a log.</summary>
public sealed class PerplexityLog : RunLogFormat<BlockKey, BlockRun>
{
    /// <summary>The format.</summary>
    public static PerplexityLog Format { get; } = new();

    /// <inheritdoc/>
    public override string Schema => "tint.perplexity-log/1";

    /// <inheritdoc/>
    public override BlockKey KeyOf(BlockRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Key;
    }

    /// <inheritdoc/>
    public override byte[] Write(BlockRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return JsonSerializer.SerializeToUtf8Bytes(BlockLine.Of(run), BlockLineContract.Default.BlockLine);
    }

    /// <inheritdoc/>
    public override BlockRun Read(ReadOnlySpan<byte> line) =>
        JsonSerializer.Deserialize(line, BlockLineContract.Default.BlockLine)?.ToRun() ?? throw new JsonException("null");
}

/// <summary>A block run as a line of a log; losses in nats.</summary>
internal sealed record BlockLine(
    [property: JsonRequired] string Method,
    [property: JsonRequired] int Block,
    [property: JsonRequired] double TrainFraction,
    [property: JsonRequired] int Layers,
    [property: JsonRequired] int Steps,
    [property: JsonRequired] double LearningRate,
    [property: JsonRequired] double LossBefore,
    [property: JsonRequired] double LossAfter,
    float[]? TokenLossesBefore,
    float[]? TokenLossesAfter)
{
    public static BlockLine Of(BlockRun run) => new(
        run.Key.Method,
        run.Key.Block,
        run.Key.Point.TrainFraction,
        run.Key.Point.Layers,
        run.Key.Point.Steps,
        run.Key.Point.LearningRate,
        run.LossBefore,
        run.LossAfter,
        run.TokenLossesBefore,
        run.TokenLossesAfter);

    public BlockRun ToRun() => new(
        new BlockKey(Method, Block, new SweepPoint(TrainFraction, Layers, Steps, LearningRate)), LossBefore, LossAfter, TokenLossesBefore, TokenLossesAfter);
}

[JsonSerializable(typeof(BlockLine))]
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
internal sealed partial class BlockLineContract : JsonSerializerContext;
