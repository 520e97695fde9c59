using System.Numerics;
using TinT.Model;
using TinT.Runtime.Checkpoints;

namespace TinT.Reference.Weights;

/// <summary>Reads auxiliary models.</summary>
public static class AuxiliaryModelReader
{
    /// <summary>Reads the weights of a checkpoint directory.</summary>
    /// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="directory">Directory with <c>config.json</c> and safetensors weights.</param>
    /// <param name="description">Shape of the model.</param>
    /// <exception cref="CheckpointFormatException">The checkpoint cannot be read, does not fit the shape or holds a NaN or infinity.</exception>
    public static AuxiliaryModel<T> Read<T>(string directory, AuxiliaryDescription description)
        where T : IFloatingPointIeee754<T>
    {
        using HuggingFaceCheckpoint checkpoint = HuggingFaceCheckpoint.Open(directory, description);
        return Read<T>(checkpoint, description);
    }

    /// <summary>Reads the weights of an open checkpoint.</summary>
    /// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="description">Shape of the model.</param>
    /// <exception cref="CheckpointFormatException">A tensor is missing, has another shape or holds a NaN or infinity.</exception>
    public static AuxiliaryModel<T> Read<T>(HuggingFaceCheckpoint checkpoint, AuxiliaryDescription description)
        where T : IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(description);
        return new AuxiliaryModel<T>(description, CheckpointConversion<T>.Read(checkpoint, description));
    }
}
