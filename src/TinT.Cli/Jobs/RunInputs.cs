using System.Reflection;
using System.Security.Cryptography;
using TinT.Cli.Compilation;
using TinT.Cli.Simulators;
using TinT.Reports.Files;

namespace TinT.Cli.Jobs;

/// <summary>What determines the numbers of an evaluation: files by their hashes, where it runs, and the tool's version.</summary>
internal static class RunInputs
{
    /// <summary>Version of the tool.</summary>
    public static string Version =>
        typeof(RunInputs).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? string.Empty;

    /// <summary>A spec.</summary>
    public static HashedInput Of(SpecFile spec) => File("spec", spec.Path);

    /// <summary>A file.</summary>
    /// <param name="role">What it is.</param>
    /// <param name="path">The file.</param>
    public static HashedInput File(string role, string path)
    {
        using FileStream stream = System.IO.File.OpenRead(path);
        return new HashedInput(role, Path.GetFileName(path), Convert.ToHexStringLower(SHA256.HashData(stream)));
    }

    /// <summary>The files of a model directory.</summary>
    /// <param name="role">What they are.</param>
    /// <param name="directory">The directory.</param>
    public static IEnumerable<HashedInput> Directory(string role, string directory) => System.IO.Directory.GetFiles(directory)
        .Where(file => !Path.GetFileName(file).StartsWith('.'))
        .Order(StringComparer.Ordinal)
        .Select(file => File(role, file));

    /// <summary>As entries of a log's first line, with where the simulator runs.</summary>
    /// <param name="inputs">The files.</param>
    /// <param name="simulator">The simulator.</param>
    public static Dictionary<string, string> Determinants(IEnumerable<HashedInput> inputs, SimulatorChoice simulator)
    {
        Dictionary<string, string> all = inputs.ToDictionary(input => $"{input.Role} {input.Name}", input => input.Sha256);
        all.Add("--device", simulator.Device ?? ChosenDevice.Processor);
        all.Add("--weights", simulator.Weights.ToString());
        all.Add("version", Version);
        return all;
    }
}
