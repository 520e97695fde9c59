using TinT.Compiler.Specs;

namespace TinT.Compiler.Layout;

/// <summary>
/// The arena: [transient buffers | memory slots | slots of kept gradients | slots of kept inputs], every size in floats per token, then
/// the head's block of logits, whose size does not depend on the number of tokens.
/// </summary>
/// <param name="Buffers">All token buffers.</param>
/// <param name="TransientColumns">Floats per token of the transient buffers.</param>
/// <param name="MemoryColumns">Floats per token of one memory slot.</param>
/// <param name="KeptGradientColumns">Floats per token of one slot of kept gradients; 0 without a dual form.</param>
/// <param name="KeptInputColumns">Floats per token of one slot of kept inputs; 0 without a dual form.</param>
/// <param name="MemorySlots">Memory slots: trained layers.</param>
/// <param name="HeadRows">Rows of the head's block of logits.</param>
/// <param name="HeadColumns">Columns of that block: the vocabulary.</param>
public sealed record BufferPlan(
    EquatableArray<TokenBuffer> Buffers,
    int TransientColumns,
    int MemoryColumns,
    int KeptGradientColumns,
    int KeptInputColumns,
    int MemorySlots,
    int HeadRows,
    int HeadColumns)
{
    /// <summary>Floats of the head's block.</summary>
    public long HeadLength => (long)HeadRows * HeadColumns;

    /// <summary>The buffer that holds a signal.</summary>
    public TokenBuffer this[string name] => Buffers.First(b => b.Name == name);

    /// <summary>Floats per token of the whole arena but for the head's block.</summary>
    /// <param name="form">Form of the update: the primal one keeps the inputs of one step and the gradients of one layer.</param>
    /// <param name="steps">Inner steps of the run.</param>
    public long ColumnsPerToken(UpdateForm form, int steps)
    {
        long slots = (long)MemorySlots * (form == UpdateForm.Dual ? steps : 1);
        long keptGradients = form == UpdateForm.Dual ? slots : 1;
        long keptInputs = form == UpdateForm.Dual ? slots + 1 : slots;
        return TransientColumns + ((long)MemoryColumns * MemorySlots) + (KeptGradientColumns * keptGradients) + (KeptInputColumns * keptInputs);
    }
}
