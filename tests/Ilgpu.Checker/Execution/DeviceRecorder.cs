namespace Ilgpu.Checker.Execution;

/// <summary>Records what devices do in this flow of control until it is disposed of.</summary>
public sealed class DeviceRecorder : IDisposable
{
    private static readonly AsyncLocal<DeviceRecorder?> Innermost = new();

    private readonly DeviceRecorder? outer;
    private readonly List<LaunchRecord> launches = [];

    /// <summary>Begins to record.</summary>
    public DeviceRecorder()
    {
        outer = Innermost.Value;
        Innermost.Value = this;
    }

    /// <summary>The launches so far, in order.</summary>
    public IReadOnlyList<LaunchRecord> Launches => launches;

    /// <summary>The most bytes that one device had allocated at a time, when something was allocated.</summary>
    public long MostBytes { get; private set; }

    /// <summary>Stops recording.</summary>
    public void Dispose() => Innermost.Value = outer;

    internal static void Launched(LaunchRecord launch) => Innermost.Value?.launches.Add(launch);

    internal static void Allocated(long bytesInUse)
    {
        if (Innermost.Value is { } recorder)
            recorder.MostBytes = Math.Max(recorder.MostBytes, bytesInUse);
    }
}
