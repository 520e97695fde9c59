namespace TinT.Compiler.Layout;

/// <summary>
/// The arena: [transient buffers | one memory slot per trained layer], every size in floats per token, then the
/// head's block of logits, whose size does not depend on the number of tokens.
/// </summary>
/// <param name="Buffers">All token buffers.</param>
/// <param name="TransientColumns">Floats per token of the transient buffers.</param>
/// <param name="MemoryColumns">Floats per token of one memory slot.</param>
/// <param name="MemorySlots">Memory slots: trained layers.</param>
/// <param name="HeadRows">Rows of the head's block of logits.</param>
/// <param name="HeadColumns">Columns of that block: the vocabulary.</param>
public sealed record BufferPlan(
    EquatableArray<TokenBuffer> Buffers,
    int TransientColumns,
    int MemoryColumns,
    int MemorySlots,
    int HeadRows,
    int HeadColumns)
{
    /// <summary>Floats per token of the whole arena but for the head's block.</summary>
    public long ColumnsPerToken => TransientColumns + ((long)MemoryColumns * MemorySlots);

    /// <summary>Floats of the head's block.</summary>
    public long HeadLength => (long)HeadRows * HeadColumns;

    /// <summary>The buffer that holds a signal.</summary>
    public TokenBuffer this[string name] => Buffers.First(b => b.Name == name);
}
