namespace TinT.Evaluation.Logs;

/// <summary>How runs of one kind stand in a log: a JSON object on a line each.</summary>
/// <typeparam name="TKey">What a run is.</typeparam>
/// <typeparam name="TRun">What it found.</typeparam>
public abstract class RunLogFormat<TKey, TRun>
    where TKey : notnull
    where TRun : class
{
    /// <summary>Name and version of the format, in the first line of a log.</summary>
    public abstract string Schema { get; }

    /// <summary>What a run is.</summary>
    /// <param name="run">The run.</param>
    public abstract TKey KeyOf(TRun run);

    /// <summary>Writes a run.</summary>
    /// <param name="run">The run.</param>
    /// <returns>UTF-8 without a line feed.</returns>
    public abstract byte[] Write(TRun run);

    /// <summary>Reads a run.</summary>
    /// <param name="line">UTF-8 of one line.</param>
    /// <exception cref="System.Text.Json.JsonException">It is none.</exception>
    public abstract TRun Read(ReadOnlySpan<byte> line);
}
