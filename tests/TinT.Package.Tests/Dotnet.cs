using System.Diagnostics;
using System.Reflection;

namespace TinT.Package.Tests;

/// <summary>Runs the <c>dotnet</c> command in an environment of its own.</summary>
internal static class Dotnet
{
    /// <summary>Variables by which a surrounding build or test run would reach into the one that is tested.</summary>
    private static readonly string[] foreignPrefixes = ["MSBUILD", "VSTEST", "NUGET", "COVERLET", "CORECLR_", "XUNIT"];

    /// <summary>Configuration in which the repository was built.</summary>
    public static string Configuration { get; } =
        typeof(Dotnet).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>Folder from which the repository's own build took its packages.</summary>
    public static string PackageFolder { get; } = Metadata("PackageFolder");

    /// <summary>The server by which builds share a compiler.</summary>
    public static string CompilerServer { get; } = Metadata("CompilerServer");

    /// <summary>Runs a command to its end.</summary>
    /// <param name="folder">Working folder.</param>
    /// <param name="arguments">Arguments after <c>dotnet</c>.</param>
    /// <returns>Exit code, and standard output and error together.</returns>
    public static (int ExitCode, string Output) Run(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(IsForeign).ToArray())
            start.Environment.Remove(name);
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";

        // Short programs: code that is compiled once more with what was counted costs more than it gives.
        start.Environment["DOTNET_TieredPGO"] = "0";

        // The compiler runs in this culture, with decimal commas and an i that does not become I.
        start.Environment["LANG"] = "tr_TR.UTF-8";
        start.Environment["LC_ALL"] = "tr_TR.UTF-8";

        // What build servers set must not change what a user's project is.
        start.Environment["CI"] = "true";

        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.GetAwaiter().GetResult());
    }

    /// <summary>Runs a command that must succeed.</summary>
    /// <returns>Standard output and error together.</returns>
    public static string RunSuccessfully(string folder, params string[] arguments)
    {
        (int exitCode, string output) = Run(folder, arguments);
        Assert.True(exitCode == 0, $"dotnet {string.Join(' ', arguments)} gave {exitCode}:\n{output}");
        return output;
    }

    private static string Metadata(string key) =>
        typeof(Dotnet).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == key).Value!;

    private static bool IsForeign(string name) => foreignPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
