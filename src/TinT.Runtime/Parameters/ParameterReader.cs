using System.Buffers;
using System.Numerics.Tensors;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Cpu.Memory;

namespace TinT.Runtime.Parameters;

/// <summary>Reads tensors into the matrices that kernels read, some rows at a time.</summary>
internal static class ParameterReader
{
    /// <summary>Source rows that are transposed at a time.</summary>
    private const int TransposedRows = 32;

    /// <summary>Reads the part of a tensor that a binding asks for.</summary>
    /// <exception cref="CheckpointFormatException">An element is not finite, or larger than the storage has numbers for.</exception>
    public static void Read(CheckpointTensor tensor, ParameterBinding binding, WeightView target)
    {
        if (binding.Diagonal)
            ReadDiagonal(tensor, binding, target);
        else if (binding.Transposed)
            ReadTransposed(tensor, binding, target);
        else if (target.Storage == WeightStorage.SinglePrecision)
            ReadSingles(tensor, binding, target.AsMatrix());
        else
            ReadRounded(tensor, binding, target);
    }

    private static void ReadDiagonal(CheckpointTensor tensor, ParameterBinding binding, WeightView target)
    {
        var diagonal = new float[binding.Columns];
        ReadFinite(tensor, 0, diagonal, target.Storage);
        var row = new float[binding.Columns];
        for (int index = 0; index < binding.Rows; index++)
        {
            row[index] = diagonal[index] + binding.Added;
            target.Store(index, 0, row);
            row[index] = 0;
        }
    }

    /// <summary>Straight to where they belong.</summary>
    private static void ReadSingles(CheckpointTensor tensor, ParameterBinding binding, MatrixView target)
    {
        if (binding.Shape.Length == 1)
        {
            ReadVector(tensor, binding, target.Row(0));
            return;
        }

        for (int row = 0; row < binding.Rows; row++)
            tensor.CopyFiniteTo((long)binding.SourceOf(row) * binding.Columns, target.Row(row));
    }

    private static void ReadVector(CheckpointTensor tensor, ParameterBinding binding, Span<float> target)
    {
        int run = binding.RunRows == 0 ? target.Length : binding.RunRows;
        for (int first = 0; first < target.Length; first += run)
            tensor.CopyFiniteTo(binding.SourceOf(first), target.Slice(first, run));
        if (binding.Added != 0)
            TensorPrimitives.Add(target, binding.Added, target);
    }

    private static void ReadRounded(CheckpointTensor tensor, ParameterBinding binding, WeightView target)
    {
        float[] rented = ArrayPool<float>.Shared.Rent(binding.Columns);
        Span<float> values = rented.AsSpan(0, binding.Columns);
        for (int row = 0; row < binding.Rows; row++)
        {
            ReadFinite(tensor, (long)binding.SourceOf(row) * binding.Columns, values, target.Storage);
            target.Store(row, 0, values);
        }

        ArrayPool<float>.Shared.Return(rented);
    }

    /// <summary>Some rows of the [in, out] tensor at a time, so that each write fills a stretch of an output row.</summary>
    private static void ReadTransposed(CheckpointTensor tensor, ParameterBinding binding, WeightView target)
    {
        int outputs = binding.Rows;
        float[] block = ArrayPool<float>.Shared.Rent(TransposedRows * outputs);
        Span<float> stretch = stackalloc float[TransposedRows];
        for (int input = 0; input < binding.Columns; input += TransposedRows)
        {
            int inputs = Math.Min(TransposedRows, binding.Columns - input);
            for (int i = 0; i < inputs; i++)
                ReadFinite(tensor, ((long)(input + i) * binding.Shape[1]) + binding.FirstRow, block.AsSpan(i * outputs, outputs), target.Storage);
            for (int output = 0; output < outputs; output++)
            {
                for (int i = 0; i < inputs; i++)
                    stretch[i] = block[(i * outputs) + output];
                target.Store(output, input, stretch[..inputs]);
            }
        }

        ArrayPool<float>.Shared.Return(block);
    }

    private static void ReadFinite(CheckpointTensor tensor, long firstElement, Span<float> values, WeightStorage storage)
    {
        tensor.CopyFiniteTo(firstElement, values);
        if (storage != WeightStorage.SinglePrecision)
            tensor.RequireBelow(firstElement, values, storage);
    }
}
