using TinT.Literal.Parameters;
using TinT.Runtime.Checkpoints;

namespace TinT.Literal.Export;

/// <summary>A tensor of an export.</summary>
/// <param name="Definition">Its name and shape.</param>
/// <param name="Type">Type of the elements.</param>
/// <param name="Write">Writes the elements.</param>
internal sealed record ExportedTensor(ParameterDefinition Definition, TensorType Type, Action<Stream> Write)
{
    /// <summary>Bytes of the elements.</summary>
    public long ByteCount => Definition.Count * Type.SizeInBytes();

    /// <summary>The tensor as a file takes it.</summary>
    public TensorData ToData() => TensorData.Streamed(Definition.Name, Type, Write, [.. Definition.Dimensions]);
}
