namespace TinT.Compiler.Layout;

/// <summary>
/// All parameters in one allocation: [model | block × layers | trained block × layers | trained model | sequence block × layers | sequence model].
/// Updated copies live in others: [trained block × trained layers | trained model] once, in the primal form, and
/// [sequence block × trained layers | sequence model] for each sequence. Lengths in floats. Every part begins with the matrices that may be stored
/// in 16 bits, which then take half the room.
/// </summary>
/// <param name="Parameters">The parameters.</param>
/// <param name="ModelLength">Length of <see cref="ParameterRegion.Model"/>.</param>
/// <param name="ModelMatrices">Length of the matrices in front of it.</param>
/// <param name="BlockLength">Length of one layer's <see cref="ParameterRegion.Block"/>.</param>
/// <param name="BlockMatrices">Length of the matrices in front of it.</param>
/// <param name="TrainedBlockLength">Length of one layer's <see cref="ParameterRegion.TrainedBlock"/>.</param>
/// <param name="TrainedBlockMatrices">Length of the matrices in front of it.</param>
/// <param name="TrainedModelLength">Length of <see cref="ParameterRegion.TrainedModel"/>.</param>
/// <param name="TrainedModelMatrices">Length of the matrices in front of it.</param>
/// <param name="SequenceBlockLength">Length of one layer's <see cref="ParameterRegion.SequenceBlock"/>.</param>
/// <param name="SequenceModelLength">Length of <see cref="ParameterRegion.SequenceModel"/>.</param>
/// <param name="Layers">Layers of the model.</param>
/// <param name="TrainedLayers">Layers that have updated copies.</param>
public sealed record ParameterLayout(
    EquatableArray<Parameter> Parameters,
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
    int Layers,
    int TrainedLayers)
{
    /// <summary>Length of the stored weights.</summary>
    public long StoredLength => ModelLength + (Layers * (BlockLength + TrainedBlockLength + SequenceBlockLength)) + TrainedModelLength + SequenceModelLength;

    /// <summary>Floats of the stored weights whose matrices can be stored in 16 bits.</summary>
    public long NarrowableLength => ModelMatrices + (Layers * (BlockMatrices + TrainedBlockMatrices)) + TrainedModelMatrices;

    /// <summary>Length of the updated copies that one sequence has in either form.</summary>
    public long SequenceLength => (TrainedLayers * SequenceBlockLength) + SequenceModelLength;

    /// <summary>Length of the updated copies in the primal form.</summary>
    public long UpdatedLength => (TrainedLayers * TrainedBlockLength) + TrainedModelLength;

    /// <summary>Start of the first layer's block.</summary>
    public long BlockStart => ModelLength;

    /// <summary>Start of the first layer's trained block.</summary>
    public long TrainedBlockStart => BlockStart + (Layers * BlockLength);

    /// <summary>Start of the trained model parameters.</summary>
    public long TrainedModelStart => TrainedBlockStart + (Layers * TrainedBlockLength);

    /// <summary>Start of the first layer's parameters that each sequence copies.</summary>
    public long SequenceBlockStart => TrainedModelStart + TrainedModelLength;

    /// <summary>Start of the model parameters that each sequence copies.</summary>
    public long SequenceModelStart => SequenceBlockStart + (Layers * SequenceBlockLength);
}
