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

    /// <summary>Where a trained layer keeps what its backward pass reads, in floats per token from the start of the arena.</summary>
    /// <param name="depth">Trained layers below it.</param>
    public long MemoryColumn(int depth) => TransientColumns + (MemoryColumns * depth);

    /// <summary>Where a trained layer keeps gradients of a step.</summary>
    /// <param name="dual">Whether the run uses the dual form.</param>
    /// <param name="step">The step; in the primal form later ones overwrite them.</param>
    /// <param name="depth">Trained layers below it.</param>
    public long KeptGradientColumn(bool dual, int step, int depth) =>
        MemoryColumn(TrainedLayers) + (dual ? KeptGradientColumns * ((step * TrainedLayers) + depth) : 0);

    /// <summary>Where a trained layer keeps inputs of a step.</summary>
    /// <param name="dual">Whether the run uses the dual form.</param>
    /// <param name="steps">Inner steps of the run.</param>
    /// <param name="step">The step; in the primal form later ones overwrite them. That behind the last keeps nothing: all of its layers share a place.</param>
    /// <param name="depth">Trained layers below it.</param>
    public long KeptInputColumn(bool dual, int steps, int step, int depth)
    {
        int slot = (dual, step == steps) switch
        {
            (true, true) => step * TrainedLayers,
            (true, false) => (step * TrainedLayers) + depth,
            (false, true) => 0,
            _ => depth,
        };
        return MemoryColumn(TrainedLayers) + (KeptGradientColumns * KeptGradientSlots(dual, steps)) + (KeptInputColumns * slot);
    }

    /// <summary>Slots of kept gradients: in the primal form they are used up in the layer that makes them.</summary>
    internal int KeptGradientSlots(bool dual, int steps) => dual ? TrainedLayers * steps : 1;

    /// <summary>Slots of kept inputs: in the dual form one more, for passes that keep nothing.</summary>
    internal int KeptInputSlots(bool dual, int steps) => dual ? (TrainedLayers * steps) + 1 : TrainedLayers;

    /// <summary>Floats per token of the whole arena but for the head's block.</summary>
    /// <param name="dual">Whether the run uses the dual form.</param>
    /// <param name="steps">Inner steps of the run.</param>
    public long ColumnsPerToken(bool dual, int steps) =>
        TransientColumns + (MemoryColumns * TrainedLayers) + (KeptGradientColumns * KeptGradientSlots(dual, steps)) + (KeptInputColumns * KeptInputSlots(
            dual, steps));

    /// <summary>What sequences that run together need beside the weights.</summary>
    /// <param name="dual">Whether the run uses the dual form.</param>
    /// <param name="steps">Inner steps of the run.</param>
    /// <param name="parameters">The layout of the weights.</param>
    public WorkingFloats WorkingFloats(bool dual, int steps, ParameterTable parameters) =>
        new(ColumnsPerToken(dual, steps), parameters.SequenceLength, ((long)HeadRows * HeadColumns) + (dual ? 0 : parameters.UpdatedLength));

    /// <summary>Floats of the whole arena.</summary>
    /// <param name="tokens">Tokens of all sequences that run together.</param>
    /// <param name="dual">Whether the run uses the dual form.</param>
    /// <param name="steps">Inner steps of the run.</param>
    public long Length(int tokens, bool dual, int steps) => (ColumnsPerToken(dual, steps) * RoundUp(tokens)) + ((long)HeadRows * HeadColumns);
}
