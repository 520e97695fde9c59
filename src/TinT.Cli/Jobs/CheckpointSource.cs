using TinT.Reference.Weights;
using TinT.Runtime.Simulation;

namespace TinT.Cli.Jobs;

/// <summary>A model directory: the user's, or one with random weights that is deleted with the object.</summary>
internal sealed class CheckpointSource : IDisposable
{
    private readonly bool isTemporary;

    private CheckpointSource(string directory, bool isTemporary)
    {
        Directory = directory;
        this.isTemporary = isTemporary;
    }

    /// <summary>The directory.</summary>
    public string Directory { get; }

    /// <summary>Names the user's directory or makes one.</summary>
    /// <param name="directory">The user's; <see langword="null"/> for random weights.</param>
    /// <param name="auxiliary">Shape of the model.</param>
    /// <param name="seed">Number that the weights follow from.</param>
    public static CheckpointSource Of(string? directory, AuxiliaryDescription auxiliary, int seed)
    {
        if (directory is not null)
            return new CheckpointSource(directory, isTemporary: false);
        CheckpointSource random = new(System.IO.Directory.CreateTempSubdirectory("tint-random-weights-").FullName, isTemporary: true);
        try
        {
            RandomCheckpoint.Write(random.Directory, auxiliary, seed);
            return random;
        }
        catch
        {
            random.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (isTemporary)
            System.IO.Directory.Delete(Directory, recursive: true);
    }
}
