using System.ComponentModel;
using TinT.Runtime.Cpu.Memory;

namespace TinT.Runtime.Parameters;

/// <summary>
/// The compiled parameter layout of a model: stored weights are [model | block × layers | trained block × layers | trained model |
/// sequence block × layers | sequence model], updated copies [trained block × trained layers | trained model] and, for each
/// sequence, [sequence block × trained layers | sequence model]. Lengths in floats.
/// </summary>
/// <remarks>Every part of the model and of a block begins with the matrices that may be stored in 16 bits; biases and gains are behind them.</remarks>
/// <param name="Layers">Layers of the model.</param>
/// <param name="TrainedLayers">Layers that have updated copies: the top ones.</param>
/// <param name="ModelLength">Length of <see cref="ParameterRegion.Model"/>.</param>
/// <param name="ModelMatrices">Length of the matrices in it, an even number.</param>
/// <param name="BlockLength">Length of one layer's <see cref="ParameterRegion.Block"/>.</param>
/// <param name="BlockMatrices">Length of the matrices in it, an even number.</param>
/// <param name="TrainedBlockLength">Length of one layer's <see cref="ParameterRegion.TrainedBlock"/>.</param>
/// <param name="TrainedBlockMatrices">Length of the matrices in it, an even number.</param>
/// <param name="TrainedModelLength">Length of <see cref="ParameterRegion.TrainedModel"/>.</param>
/// <param name="TrainedModelMatrices">Length of the matrices in it, an even number.</param>
/// <param name="SequenceBlockLength">Length of one layer's <see cref="ParameterRegion.SequenceBlock"/>.</param>
/// <param name="SequenceModelLength">Length of <see cref="ParameterRegion.SequenceModel"/>.</param>
/// <param name="Bindings">Where each part of them is loaded from.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record ParameterTable(
    int Layers,
    int TrainedLayers,
    long ModelLength,
    long ModelMatrices,
    long BlockLength,
    long BlockMatrices,
    long TrainedBlockLength,
    long TrainedBlockMatrices,
    long TrainedModelLength,
    long TrainedModelMatrices,
    long SequenceBlockLength,
    long SequenceModelLength,
    IReadOnlyList<ParameterBinding> Bindings)
{
    /// <summary>Length of the stored weights.</summary>
    public long StoredLength => SequenceModelAt() + SequenceModelLength;

    /// <summary>Length of the updated copies that one sequence has.</summary>
    public long SequenceLength => (TrainedLayers * SequenceBlockLength) + SequenceModelLength;

    /// <summary>Length of the updated copies.</summary>
    public long UpdatedLength => (TrainedLayers * TrainedBlockLength) + TrainedModelLength;

    private long TrainedBlockStart => ModelLength + (Layers * BlockLength);

    private long TrainedModelStart => TrainedBlockStart + (Layers * TrainedBlockLength);

    /// <summary>The layout of stored weights whose matrices take half the room. Updated copies keep theirs: they are singles.</summary>
    /// <param name="storage">How matrices are stored.</param>
    public ParameterTable For(WeightStorage storage) => storage == WeightStorage.SinglePrecision
        ? this
        : this with
        {
            ModelLength = ModelLength - (ModelMatrices / 2),
            BlockLength = BlockLength - (BlockMatrices / 2),
            TrainedBlockLength = TrainedBlockLength - (TrainedBlockMatrices / 2),
            TrainedModelLength = TrainedModelLength - (TrainedModelMatrices / 2),
        };

    /// <summary>Start of a layer's untrained parameters among the stored weights.</summary>
    public long BlockAt(int layer) => ModelLength + (layer * BlockLength);

    /// <summary>Start of a layer's trained parameters among the stored weights.</summary>
    public long TrainedBlockAt(int layer) => TrainedBlockStart + (layer * TrainedBlockLength);

    /// <summary>Start of the trained model parameters among the stored weights.</summary>
    public long TrainedModelAt() => TrainedModelStart;

    /// <summary>Start of a layer's parameters that each sequence copies, among the stored weights.</summary>
    public long SequenceBlockAt(int layer) => TrainedModelStart + TrainedModelLength + (layer * SequenceBlockLength);

    /// <summary>Start of the model parameters that each sequence copies, among the stored weights.</summary>
    public long SequenceModelAt() => TrainedModelStart + TrainedModelLength + (Layers * SequenceBlockLength);

    /// <summary>Start of a layer's parameters among the copies of a sequence.</summary>
    public long UpdatedSequenceBlockAt(int place, int layer) => (place * SequenceLength) + ((layer - (Layers - TrainedLayers)) * SequenceBlockLength);

    /// <summary>Start of the model parameters among the copies of a sequence.</summary>
    public long UpdatedSequenceModelAt(int place) => (place * SequenceLength) + (TrainedLayers * SequenceBlockLength);

    /// <summary>Start of a layer's parameters among the updated copies.</summary>
    public long UpdatedBlockAt(int layer) => (layer - (Layers - TrainedLayers)) * TrainedBlockLength;

    /// <summary>Start of the trained model parameters among the updated copies.</summary>
    public long UpdatedModelAt() => TrainedLayers * TrainedBlockLength;

    /// <summary>Layers for which a binding has an element: all, or the one model itself.</summary>
    internal int Repetitions(ParameterBinding binding) => IsPerLayer(binding) ? Layers : 1;

    /// <summary>Place of a trained binding among the updated copies, or among those of a sequence.</summary>
    internal long UpdatedAt(ParameterBinding binding, int place, int layer) => binding.Offset + binding.Region switch
    {
        ParameterRegion.TrainedBlock => UpdatedBlockAt(layer),
        ParameterRegion.TrainedModel => UpdatedModelAt(),
        ParameterRegion.SequenceBlock => UpdatedSequenceBlockAt(place, layer),
        ParameterRegion.SequenceModel => UpdatedSequenceModelAt(place),
        _ => throw new InvalidOperationException($"{binding.Region} has no updated copies."),
    };

    internal static bool IsPerLayer(ParameterBinding binding) =>
        binding.Region is ParameterRegion.Block or ParameterRegion.TrainedBlock or ParameterRegion.SequenceBlock;

    internal static bool IsTrained(ParameterBinding binding) => binding.Region is not (ParameterRegion.Model or ParameterRegion.Block);

    internal static bool IsPerSequence(ParameterBinding binding) => binding.Region is ParameterRegion.SequenceBlock or ParameterRegion.SequenceModel;
}
