namespace TinT.Cli.Tests;

/// <summary>A fact about signals, pipes, links or permissions of Unix, skipped where there are none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
            Skip = "This needs signals, pipes, links or permissions of Unix.";
    }
}
