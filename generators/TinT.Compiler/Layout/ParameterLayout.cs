namespace TinT.Compiler.Layout;

/// <summary>
/// All parameters in one allocation: [model | block × layers | trained block × layers | trained model]. Updated copies
/// live in another: [trained block × trained layers | trained model]. Lengths in floats.
/// </summary>
/// <param name="Parameters">The parameters.</param>
/// <param name="ModelLength">Length of <see cref="ParameterRegion.Model"/>.</param>
/// <param name="BlockLength">Length of one layer's <see cref="ParameterRegion.Block"/>.</param>
/// <param name="TrainedBlockLength">Length of one layer's <see cref="ParameterRegion.TrainedBlock"/>.</param>
/// <param name="TrainedModelLength">Length of <see cref="ParameterRegion.TrainedModel"/>.</param>
/// <param name="Layers">Layers of the model.</param>
/// <param name="TrainedLayers">Layers that have updated copies.</param>
public sealed record ParameterLayout(
    EquatableArray<Parameter> Parameters,
    long ModelLength,
    long BlockLength,
    long TrainedBlockLength,
    long TrainedModelLength,
    int Layers,
    int TrainedLayers)
{
    /// <summary>Length of the stored weights.</summary>
    public long StoredLength => ModelLength + (Layers * (BlockLength + TrainedBlockLength)) + TrainedModelLength;

    /// <summary>Length of the updated copies.</summary>
    public long UpdatedLength => (TrainedLayers * TrainedBlockLength) + TrainedModelLength;

    /// <summary>Start of the first layer's block.</summary>
    public long BlockStart => ModelLength;

    /// <summary>Start of the first layer's trained block.</summary>
    public long TrainedBlockStart => BlockStart + (Layers * BlockLength);

    /// <summary>Start of the trained model parameters.</summary>
    public long TrainedModelStart => TrainedBlockStart + (Layers * TrainedBlockLength);
}
