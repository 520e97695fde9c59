namespace TinT.Cli.Sweeps.Reading;

/// <summary>A sweep that was read.</summary>
/// <param name="Path">Its file as given.</param>
/// <param name="Name">Its name.</param>
/// <param name="Entries">Its evaluations, in order.</param>
/// <param name="Threads">Threads of a process, if it says so.</param>
/// <param name="Batch">Blocks of a unit.</param>
/// <param name="Files">Every file and directory that it names.</param>
internal sealed record SweepFile(string Path, string Name, IReadOnlyList<SweepEntry> Entries, int? Threads, int Batch, IReadOnlyList<string> Files)
{
    /// <summary>Where results lie unless another folder is named: beside the file, under the sweep's name.</summary>
    public string DefaultFolder => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!, $"{Name}.results");
}
