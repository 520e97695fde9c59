using System.Diagnostics.CodeAnalysis;

namespace TinT.Runtime.Checkpoints;

/// <summary>An open file of tensors, whatever its format; what it holds was checked when it was opened.</summary>
internal interface ICheckpointFile : IDisposable
{
    /// <summary>Path the file was opened with.</summary>
    string Path { get; }

    /// <summary>Its tensors.</summary>
    IEnumerable<CheckpointTensor> Tensors { get; }

    /// <summary>Texts beside the tensors: where a name is that of a tensor, the text may be the name by which it is stored.</summary>
    IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Whether it has all linear weights as [outputs, inputs], also those of an architecture whose checkpoints have them the other way round.</summary>
    bool HasOutputsFirst => false;

    /// <summary>Finds a tensor.</summary>
    /// <param name="name">Its name in the file.</param>
    /// <param name="tensor">The tensor, if there is one of that name.</param>
    bool TryGetTensor(string name, [NotNullWhen(true)] out CheckpointTensor? tensor);
}
