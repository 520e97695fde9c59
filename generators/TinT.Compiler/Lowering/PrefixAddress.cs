namespace TinT.Compiler.Lowering;

/// <summary>Where a kernel finds row r of a D×D matrix: at r / Sharding · PrefixStride + r mod Sharding · RowLength.</summary>
/// <param name="Sharding">Rows per prefix embedding, S.</param>
/// <param name="RowLength">Row length D.</param>
/// <param name="PrefixStride">Distance between prefix embeddings: H in the construction, S·D once padding and bias copies are dropped.</param>
public sealed record PrefixAddress(int Sharding, int RowLength, int PrefixStride)
{
    /// <summary>Whether rows follow each other without gaps, so that the matrix is an ordinary row-major one.</summary>
    public bool IsDense => PrefixStride == Sharding * RowLength;

    /// <summary>Offset of the first element of a row.</summary>
    public long RowOffset(int row) => ((long)(row / Sharding) * PrefixStride) + ((long)(row % Sharding) * RowLength);
}
