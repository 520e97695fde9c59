using TinT.Model;
using TinT.Reference.Weights;
using TinT.Runtime.Cpu.Memory;

namespace TinT.Cli.Simulators;

/// <summary>A model directory: the user's, or one with random or rounded weights that is deleted with the object.</summary>
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
        return directory is not null
            ? new CheckpointSource(directory, isTemporary: false)
            : Temporary("tint-random-weights-", made => RandomCheckpoint.Write(made, auxiliary, seed));
    }

    /// <summary>Makes a directory with the matrices of another one rounded to 16 bits.</summary>
    /// <param name="directory">The other one.</param>
    /// <param name="auxiliary">Shape of the model.</param>
    /// <param name="storage">What they are rounded to.</param>
    public static CheckpointSource Rounded(string directory, AuxiliaryDescription auxiliary, WeightStorage storage) =>
        Temporary("tint-rounded-weights-", made => RoundedCheckpoint.Write(made, directory, auxiliary, storage));

    private static CheckpointSource Temporary(string prefix, Action<string> write)
    {
        CheckpointSource made = new(System.IO.Directory.CreateTempSubdirectory($"{prefix}{Environment.ProcessId}-").FullName, isTemporary: true);
        try
        {
            write(made.Directory);
            return made;
        }
        catch
        {
            made.Dispose();
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
