namespace TinT.Cli.Tests;

/// <summary>A fact that sends a signal to a process and is skipped where there are none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
            Skip = "Signals are sent with 'kill', which this system lacks.";
    }
}
