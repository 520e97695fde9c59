using System.Globalization;
using System.Text.RegularExpressions;

namespace TinT.Literal.Export;

/// <summary>Names of the files of an export.</summary>
public static partial class ExportFiles
{
    /// <summary>The description of the simulator.</summary>
    public const string Description = "simulator.json";

    /// <summary>Which shard holds which tensor.</summary>
    public const string Index = "model.safetensors.index.json";

    /// <summary>A shard.</summary>
    /// <param name="number">Its number, from 1.</param>
    /// <param name="count">How many there are.</param>
    public static string Shard(int number, int count) =>
        string.Create(CultureInfo.InvariantCulture, $"model-{number:D5}-of-{count:D5}.safetensors");

    /// <summary>Whether an export has files of a name.</summary>
    /// <param name="name">The name.</param>
    internal static bool IsOne(string name) => name is Description or Index || ShardName().IsMatch(name);

    [GeneratedRegex(@"^model-\d{5,}-of-\d{5,}\.safetensors$", RegexOptions.CultureInvariant)]
    private static partial Regex ShardName();
}
