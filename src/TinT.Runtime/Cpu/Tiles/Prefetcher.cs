using System.Runtime.CompilerServices;
using TinT.Runtime.Cpu.Memory;

namespace TinT.Runtime.Cpu.Tiles;

/// <summary>
/// Requests part of a matrix ahead of its use, some cache lines before each tile, so that memory works while the tiles are computed.
/// Addresses outside the matrix are harmless.
/// </summary>
internal unsafe ref struct Prefetcher
{
    private readonly byte* end;
    private readonly nint rowSkip;
    private readonly int linesPerRow;
    private readonly int linesPerStep;
    private readonly nint twin;
    private byte* next;
    private int lineInRow;
    private byte* stream;
    private byte* streamEnd;
    private int streamLinesPerStep;

    /// <summary>Prepares to request [rows, columns] of floats.</summary>
    /// <param name="source">Element (0, 0).</param>
    /// <param name="stride">Row stride in floats.</param>
    /// <param name="rows">Rows, at least 0.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="steps">In how many steps; none are taken if 0.</param>
    public Prefetcher(float* source, nint stride, int rows, int columns, int steps)
        : this((byte*)source, stride * sizeof(float), rows, columns * sizeof(float), steps, 0)
    {
    }

    /// <summary>Prepares to request part of a matrix of weights.</summary>
    /// <param name="weights">The matrix.</param>
    /// <param name="row">Its first row.</param>
    /// <param name="column">Its first column.</param>
    /// <param name="rows">Rows, at least 0.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="steps">In how many steps; none are taken if 0.</param>
    /// <param name="twin">Distance in bytes to a second matrix of the same shape and stride that is requested too; 0 for none.</param>
    public Prefetcher(WeightView weights, int row, int column, int rows, int columns, int steps, nint twin = 0)
        : this(weights.Address(row, column), weights.StrideBytes, rows, columns * weights.ElementSize, steps, twin)
    {
    }

    private Prefetcher(byte* source, nint stride, int rows, int rowBytes, int steps, nint twin)
    {
        this.twin = twin;
        // A row that does not begin at a cache line touches one line more; the next row usually shares it.
        linesPerRow = (rowBytes + CacheLine.Bytes - 1) / CacheLine.Bytes;
        linesPerStep = steps == 0 ? 0 : (int)((((long)rows * linesPerRow) + steps - 1) / steps);
        rowSkip = stride - ((nint)linesPerRow * CacheLine.Bytes);
        next = source;
        end = source + (rows * stride);
    }

    /// <summary>Requests a packed operand too.</summary>
    /// <param name="packed">Where it begins.</param>
    /// <param name="length">Its floats.</param>
    /// <param name="steps">In how many steps.</param>
    public void Add(float* packed, long length, int steps)
    {
        stream = (byte*)packed;
        streamEnd = (byte*)(packed + length);
        streamLinesPerStep = (int)(((length / CacheLine.Floats) + steps - 1) / steps);
    }

    /// <summary>Requests the lines of one step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step()
    {
        for (int line = 0; line < linesPerStep && next < end; line++)
        {
            CacheLine.RequestFar(next);
            if (twin != 0)
                CacheLine.RequestFar(next + twin);
            next += CacheLine.Bytes;
            if (++lineInRow == linesPerRow)
            {
                lineInRow = 0;
                next += rowSkip;
            }
        }

        for (int line = 0; line < streamLinesPerStep && stream < streamEnd; line++)
        {
            CacheLine.RequestFar(stream);
            stream += CacheLine.Bytes;
        }
    }
}
