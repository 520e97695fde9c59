using System.Runtime.InteropServices;
using TinT.Model;
using TinT.Model.Architectures;
using TinT.Model.Parameters;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Cpu.Memory;

namespace TinT.Reference.Weights;

/// <summary>
/// Writes a model directory again with its matrices rounded to 16 bits, as singles: what a simulator that stores them in 16 bits computes with.
/// The rounding is done in double precision, by other means than the simulator's.
/// </summary>
public static class RoundedCheckpoint
{
    private const int PieceLength = 1 << 16;

    /// <summary>Writes <c>config.json</c> and <c>model.safetensors</c>; a piece of a tensor is in memory at a time.</summary>
    /// <param name="directory">The new directory; created if it is missing.</param>
    /// <param name="source">The directory it is made of.</param>
    /// <param name="auxiliary">Shape of the model.</param>
    /// <param name="storage">What matrices are rounded to, to nearest, ties to even; biases and gains stay as they are.</param>
    /// <exception cref="CheckpointFormatException">The source cannot be read or does not fit, or the new directory cannot be written.</exception>
    public static void Write(string directory, string source, AuxiliaryDescription auxiliary, WeightStorage storage)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentNullException.ThrowIfNull(auxiliary);
        using HuggingFaceCheckpoint checkpoint = HuggingFaceCheckpoint.Open(source, auxiliary);
        Directory.CreateDirectory(directory);
        File.Copy(Path.Combine(source, "config.json"), Path.Combine(directory, "config.json"), overwrite: true);
        List<TensorData> tensors = [];
        foreach (StoredTensor tensor in auxiliary.Tensors())
        {
            int[] shape = tensor.Shape(auxiliary);
            WeightStorage kept = shape.Length == 1 ? WeightStorage.SinglePrecision : storage;
            foreach (string name in tensor.Layers(auxiliary).Select(tensor.NameIn))
            {
                CheckpointTensor original = checkpoint.Find(name, shape);
                tensors.Add(TensorData.Streamed(name, TensorType.F32, stream => Write(stream, original, kept), shape));
            }
        }

        // Where the configuration does not say that the head is the embedding, the file does.
        Dictionary<string, string> aliases = auxiliary.TiesEmbeddings
            ? new() { [NameOf(ParameterKind.HeadWeight)] = NameOf(ParameterKind.TokenEmbedding) }
            : [];
        SafetensorsWriter.Write(Path.Combine(directory, "model.safetensors"), tensors, aliases);

        string NameOf(ParameterKind kind) => auxiliary.Family().Tensors.First(tensor => tensor.Parts.Contains(kind)).Name;
    }

    /// <summary>A single rounded to a storage.</summary>
    /// <param name="value">A finite single.</param>
    /// <param name="storage">The storage.</param>
    public static float Round(float value, WeightStorage storage)
    {
        if (value == 0 || storage == WeightStorage.SinglePrecision)
            return value;

        // Bits behind the leading one, and the exponent of the least normal number, below which the unit does not shrink.
        (int bits, int least) = storage == WeightStorage.Float16 ? (10, -14) : (7, -126);
        double unit = Math.ScaleB(1, Math.Max(Math.ILogB(value), least) - bits);
        return (float)(Math.Round(value / unit, MidpointRounding.ToEven) * unit);
    }

    private static void Write(Stream stream, CheckpointTensor tensor, WeightStorage storage)
    {
        float[] piece = new float[Math.Min(PieceLength, tensor.ElementCount)];
        for (long first = 0; first < tensor.ElementCount; first += piece.Length)
        {
            Span<float> values = piece.AsSpan(0, (int)Math.Min(piece.Length, tensor.ElementCount - first));
            tensor.CopyFiniteTo(first, values);
            foreach (ref float value in values)
                value = Round(value, storage);
            stream.Write(MemoryMarshal.AsBytes(values));
        }
    }
}
