namespace TinT.Runtime.Checkpoints;

/// <summary>Where a model directory has its weights.</summary>
/// <param name="Format">Their format.</param>
/// <param name="Path">Path of the file that holds them whole, or of the index of their shards.</param>
/// <param name="IsWhole">Whether one file holds them.</param>
internal sealed record WeightsPlace(WeightsFormat Format, string Path, bool IsWhole)
{
    /// <summary>Files of which a directory has to have one.</summary>
    public static string Wanted { get; } = string.Join(" nor ", WeightsFormat.All.Select(format => format.WholeName));

    /// <summary>Finds the weights: the first format of which there is a file, whole before in shards.</summary>
    /// <param name="directory">The directory.</param>
    /// <returns>The place, or <see langword="null"/> if there are none.</returns>
    public static WeightsPlace? Find(string directory)
    {
        IEnumerable<WeightsPlace> places =
            from format in WeightsFormat.All
            from isWhole in (bool[])[true, false]
            select new WeightsPlace(format, System.IO.Path.Combine(directory, isWhole ? format.WholeName : format.IndexName), isWhole);
        return places.FirstOrDefault(place => File.Exists(place.Path));
    }
}
