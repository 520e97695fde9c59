namespace TinT.Package.Tests;

/// <summary>A test that needs a linker for native programs, which compilers for C bring.</summary>
public sealed class LinkerFactAttribute : FactAttribute
{
    /// <summary>Skips where there is none.</summary>
    public LinkerFactAttribute()
    {
        if (!OperatingSystem.IsWindows() && !new[] { "clang", "gcc" }.Any(IsInPath))
            Skip = "Neither clang nor gcc is there to link a native program.";
    }

    private static bool IsInPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(
            folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));
}
