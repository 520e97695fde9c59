using System.Text.Json;
using TinT.Evaluation.InContext.Protocol;
using TinT.Evaluation.Logs;

namespace TinT.Evaluation.InContext.Logs;

/// <summary>Runs of the classification protocol in a log.</summary>
public sealed class InContextLog : RunLogFormat<RunKey, InContextRun>
{
    /// <summary>The format.</summary>
    public static InContextLog Format { get; } = new();

    /// <inheritdoc/>
    public override string Schema => "tint.icl-log/1";

    /// <inheritdoc/>
    public override RunKey KeyOf(InContextRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Key;
    }

    /// <inheritdoc/>
    public override byte[] Write(InContextRun run) => JsonSerializer.SerializeToUtf8Bytes(RunLine.Of(run), RunLineContract.Default.RunLine);

    /// <inheritdoc/>
    public override InContextRun Read(ReadOnlySpan<byte> line) =>
        JsonSerializer.Deserialize(line, RunLineContract.Default.RunLine)?.ToRun() ?? throw new JsonException("null");
}
