namespace TinT.Evaluation.Tests;

/// <summary>A fact about files that only Linux has, skipped elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
            Skip = "This needs files of Linux.";
    }
}
