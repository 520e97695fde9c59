using System.ComponentModel;
using System.Diagnostics;

namespace TinT.Cli.Sweeps.Clusters;

/// <summary>Runs the programs of Slurm.</summary>
internal static class SlurmProgram
{
    /// <summary>What a program writes.</summary>
    /// <param name="name">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="ClusterException">It cannot be run, or refuses.</exception>
    public static string Run(string name, params string[] arguments)
    {
        ProcessStartInfo start = new(name, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : throw new ClusterException($"{name} refuses: {error.GetAwaiter().GetResult().Trim()}");
        }
        catch (Win32Exception exception)
        {
            throw new ClusterException($"{name} cannot be run ({exception.Message}); submit where Slurm's programs are, or write the script only, with --dry-run.", exception);
        }
    }
}
