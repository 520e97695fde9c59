using System.Numerics;
using System.Runtime.CompilerServices;
using TinT.Model;
using TinT.Model.Parameters;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Simulation;

namespace TinT.Reference.Weights;

/// <summary>Reads auxiliary models.</summary>
public static class AuxiliaryModelReader
{
    /// <summary>Reads the weights of a checkpoint directory.</summary>
    /// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="directory">Directory with <c>config.json</c> and weights.</param>
    /// <param name="description">Shape of the model.</param>
    /// <param name="progress">Told how far loading is, after each tensor.</param>
    /// <exception cref="CheckpointFormatException">The checkpoint cannot be read, does not fit the shape or holds a NaN or infinity.</exception>
    public static AuxiliaryModel<T> Read<T>(string directory, AuxiliaryDescription description, IProgress<LoadingProgress>? progress = null)
        where T : IFloatingPointIeee754<T>
    {
        using HuggingFaceCheckpoint checkpoint = HuggingFaceCheckpoint.Open(directory, description);
        return Read<T>(checkpoint, description, progress);
    }

    /// <summary>Reads the weights of an open checkpoint.</summary>
    /// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="description">Shape of the model.</param>
    /// <param name="progress">Told how far loading is, after each tensor.</param>
    /// <exception cref="CheckpointFormatException">A tensor is missing, has another shape or holds a NaN or infinity.</exception>
    public static AuxiliaryModel<T> Read<T>(HuggingFaceCheckpoint checkpoint, AuxiliaryDescription description, IProgress<LoadingProgress>? progress = null)
        where T : IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(description);
        Func<ParameterKind, int, T[]> read = CheckpointConversion<T>.Read(checkpoint, description);
        long loaded = 0, total = description.ParameterCount() * Unsafe.SizeOf<T>();
        return new AuxiliaryModel<T>(description, (kind, layer) =>
        {
            T[] values = read(kind, layer);
            loaded += values.LongLength * Unsafe.SizeOf<T>();
            progress?.Report(new LoadingProgress(loaded, total));
            return values;
        });
    }
}
