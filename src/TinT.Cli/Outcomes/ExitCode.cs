namespace TinT.Cli.Outcomes;

/// <summary>What the process returns.</summary>
public static class ExitCode
{
    /// <summary>What each of them means, in a few words.</summary>
    internal static IReadOnlyList<(int Code, string Meaning)> All { get; } =
    [
        (Done, "done"),
        (Failed, "failed, or results out of tolerance or not finite"),
        (WrongUsage, "wrong usage or spec; nothing was done"),
        (Cancelled, "stopped by Ctrl+C (SIGINT)"),
        (OutputClosed, "done, but standard output was closed by its reader"),
        (Terminated, "stopped by SIGTERM"),
    ];

    /// <summary>The work is done.</summary>
    public const int Done = 0;

    /// <summary>A file cannot be read or written, or does not fit the model.</summary>
    public const int Failed = 1;

    /// <summary>The command line or a spec is wrong.</summary>
    public const int WrongUsage = 2;

    /// <summary>Stopped by Ctrl+C: 128 plus the number of the signal, SIGINT, as shells expect.</summary>
    public const int Cancelled = 130;

    /// <summary>Stopped by SIGTERM, likewise.</summary>
    public const int Terminated = 143;

    /// <summary>Done, but whoever read standard output closed it before the end: 128 plus the number of SIGPIPE.</summary>
    public const int OutputClosed = 141;
}
