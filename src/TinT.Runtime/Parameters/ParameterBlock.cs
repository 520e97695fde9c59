using System.ComponentModel;
using TinT.Runtime.Cpu.Memory;

namespace TinT.Runtime.Parameters;

/// <summary>The parameters of one region of a layer or of the model, as stored or as updated. Offsets are those of the <see cref="ParameterTable"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ParameterBlock
{
    private readonly NativeBuffer buffer;
    private readonly long start;
    private readonly long narrowLength;
    private readonly WeightStorage storage;

    internal ParameterBlock(NativeBuffer buffer, long start)
    {
        this.buffer = buffer;
        this.start = start;
    }

    /// <summary>A block whose matrices are stored in 16 bits.</summary>
    /// <param name="buffer">Where it lies.</param>
    /// <param name="start">First float.</param>
    /// <param name="narrowLength">Elements that take half a float each: those in front.</param>
    /// <param name="storage">How they are stored.</param>
    internal ParameterBlock(NativeBuffer buffer, long start, long narrowLength, WeightStorage storage)
        : this(buffer, start)
    {
        this.narrowLength = storage == WeightStorage.SinglePrecision ? 0 : narrowLength;
        this.storage = storage;
    }

    /// <summary>A matrix.</summary>
    /// <param name="offset">First element, in elements from the start of the block.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <exception cref="ArgumentOutOfRangeException">The matrix does not lie inside the buffer.</exception>
    public WeightView Matrix(long offset, int rows, int columns) => offset < narrowLength
        ? buffer.Weights(start, offset, rows, columns, storage)
        : buffer.Matrix(FloatAt(offset), rows, columns);

    /// <summary>A vector, which always is of singles.</summary>
    /// <param name="offset">First element, in elements from the start of the block.</param>
    /// <param name="length">Elements.</param>
    /// <exception cref="ArgumentOutOfRangeException">The vector does not lie inside the buffer.</exception>
    public VectorView Vector(long offset, int length) => buffer.Vector(FloatAt(offset), length);

    private long FloatAt(long offset) => start + offset - (narrowLength / 2);
}
