using System.ComponentModel;
using TinT.Runtime.Parameters;

namespace TinT.Runtime.Execution;

/// <summary>Sizes of a simulator's working memory, as planned by the compiler, and which runs use the dual form of the update.</summary>
/// <param name="TransientColumns">Floats per token of buffers that share memory.</param>
/// <param name="MemoryColumns">Floats per token that a trained layer's forward pass keeps for its backward pass.</param>
/// <param name="KeptGradientColumns">Floats per token of the gradients that later passes attend to in the dual form, for each trained layer and step.</param>
/// <param name="KeptInputColumns">Floats per token of the inputs that they attend to, for each trained layer and step.</param>
/// <param name="TrainedLayers">Trained layers.</param>
/// <param name="HeadRows">Rows of logits that the head handles at once.</param>
/// <param name="HeadColumns">Columns of logits: the vocabulary.</param>
/// <param name="DualTokens">Runs with at most this many tokens a sequence use the dual form of the update.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct ArenaPlan(
    long TransientColumns,
    long MemoryColumns,
    long KeptGradientColumns,
    long KeptInputColumns,
    int TrainedLayers,
    int HeadRows,
    int HeadColumns,
    int DualTokens)
{
    /// <summary>Tokens that buffers make room for: a whole number of cache lines in each column.</summary>
    /// <param name="tokens">Tokens of all sequences that run together.</param>
    public static int RoundUp(int tokens) => (tokens + 15) & ~15;

    /// <summary>What the arena of a run holds.</summary>
    /// <param name="tokens">Tokens of a sequence.</param>
    /// <param name="steps">Inner steps; of several trainings that share passes, the most.</param>
    /// <param name="copyColumns">Floats per token of copies that such trainings go back to.</param>
    public ArenaForm FormOf(int tokens, int steps, int copyColumns = 0) => new(tokens <= DualTokens, steps) { CopyColumns = copyColumns };

    /// <summary>Where a trained layer keeps what its backward pass reads, in floats per token from the start of the arena.</summary>
    /// <param name="form">What the arena holds.</param>
    /// <param name="step">The step; later ones overwrite it, but where trainings share the first pass, what that kept.</param>
    /// <param name="depth">Trained layers below it.</param>
    public long MemoryColumn(ArenaForm form, int step, int depth) =>
        TransientColumns + (MemoryColumns * (form.IsShared ? SharedSlot(form, step, depth) : depth));

    /// <summary>Where a trained layer keeps gradients of a step.</summary>
    /// <param name="form">What the arena holds.</param>
    /// <param name="step">The step; in the primal form later ones overwrite them.</param>
    /// <param name="depth">Trained layers below it.</param>
    public long KeptGradientColumn(ArenaForm form, int step, int depth) =>
        MemoryEnd(form) + (form.Dual ? KeptGradientColumns * ((step * TrainedLayers) + depth) : 0);

    /// <summary>Where a trained layer keeps inputs of a step.</summary>
    /// <param name="form">What the arena holds.</param>
    /// <param name="step">The step; in the primal form later ones overwrite them. That behind the last keeps nothing: all of its layers share a place.</param>
    /// <param name="depth">Trained layers below it.</param>
    public long KeptInputColumn(ArenaForm form, int step, int depth)
    {
        int slot = (form.Dual, step == form.Steps) switch
        {
            (true, true) => step * TrainedLayers,
            (true, false) => (step * TrainedLayers) + depth,
            _ when form.IsShared => SharedSlot(form, step, depth),
            (false, true) => 0,
            _ => depth,
        };
        return MemoryEnd(form) + (KeptGradientColumns * KeptGradientSlots(form)) + (KeptInputColumns * slot);
    }

    /// <summary>Floats per token of the whole arena but for the head's block.</summary>
    /// <param name="form">What the arena holds.</param>
    public long ColumnsPerToken(ArenaForm form) => CopiesColumn(form) + form.CopyColumns;

    /// <summary>Where the copies begin that trainings which share passes go back to.</summary>
    /// <param name="form">What the arena holds.</param>
    public long CopiesColumn(ArenaForm form) =>
        MemoryEnd(form) + (KeptGradientColumns * KeptGradientSlots(form)) + (KeptInputColumns * KeptInputSlots(form));

    /// <summary>What sequences that run together need beside the weights.</summary>
    /// <param name="form">What the arena holds.</param>
    /// <param name="parameters">The layout of the weights.</param>
    /// <param name="trainings">Inner trainings that share passes: each has updated copies of what sequences have for themselves.</param>
    public WorkingFloats WorkingFloats(ArenaForm form, ParameterTable parameters, int trainings = 1) =>
        new(ColumnsPerToken(form), parameters.SequenceLength * trainings, ((long)HeadRows * HeadColumns) + (form.Dual ? 0 : parameters.UpdatedLength));

    /// <summary>Floats of the whole arena.</summary>
    /// <param name="tokens">Tokens of all sequences that run together.</param>
    /// <param name="form">What the arena holds.</param>
    public long Length(int tokens, ArenaForm form) => (ColumnsPerToken(form) * RoundUp(tokens)) + ((long)HeadRows * HeadColumns);

    /// <summary>The end of what backward passes read: where the first pass is shared, later ones have slots of their own.</summary>
    private long MemoryEnd(ArenaForm form) => TransientColumns + (MemoryColumns * (form.IsShared ? SharedSlots(form) : TrainedLayers));

    /// <summary>Slots of kept gradients: in the primal form they are used up in the layer that makes them.</summary>
    private int KeptGradientSlots(ArenaForm form) => form.Dual ? TrainedLayers * form.Steps : 1;

    /// <summary>Slots of kept inputs: in the dual form one more, for passes that keep nothing.</summary>
    private int KeptInputSlots(ArenaForm form) => form switch
    {
        { Dual: true } => (TrainedLayers * form.Steps) + 1,
        { IsShared: true } => SharedSlots(form),
        _ => TrainedLayers,
    };

    /// <summary>The first pass has a slot for each layer; later ones have others, of which one does for the last, which keeps nothing.</summary>
    private int SharedSlot(ArenaForm form, int step, int depth) => step == 0 ? depth : TrainedLayers + (step == form.Steps ? 0 : depth);

    private int SharedSlots(ArenaForm form) => TrainedLayers + (form.Steps > 1 ? TrainedLayers : 1);
}
