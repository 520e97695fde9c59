using TinT.Model;
using TinT.Model.Parameters;

namespace TinT.Reference.Weights;

/// <summary>The parameter tensors that a run trains.</summary>
internal sealed class ParameterSelection
{
    private readonly ParameterSubset subset;
    private readonly bool trainsScores;
    private readonly bool trainsNormBiases;
    private readonly bool trainsNormGains;

    /// <summary>Creates a selection.</summary>
    /// <param name="subset">Which parameters of the trained layers.</param>
    /// <param name="description">What is simulated.</param>
    /// <param name="trainedLayers">Trained layers, the top n.</param>
    public ParameterSelection(ParameterSubset subset, SimulatorDescription description, int trainedLayers)
    {
        this.subset = subset;
        FirstTrainedLayer = subset == ParameterSubset.All ? 0 : description.Auxiliary.LayerCount - trainedLayers;
        trainsScores = description.Training.Attention == "exact";
        trainsNormBiases = description.Training.LayerNorm != "none";
        trainsNormGains = description.Training.LayerNorm is "gain" or "full";
    }

    /// <summary>The lowest layer that is trained.</summary>
    public int FirstTrainedLayer { get; }

    /// <summary>Whether the embeddings are trained.</summary>
    public bool TrainsEmbeddings => subset == ParameterSubset.All;

    /// <summary>Whether a tensor is trained.</summary>
    /// <param name="kind">Its role.</param>
    /// <param name="layer">Its layer; −1 outside the layers.</param>
    public bool Includes(ParameterKind kind, int layer)
    {
        if (subset == ParameterSubset.All)
            return true;
        ParameterRole role = ParameterRoles.Of(kind);
        bool isOfBlocks = role.IsOfLayers ? layer >= FirstTrainedLayer : kind is ParameterKind.FinalNormGain or ParameterKind.FinalNormBias;
        if (!isOfBlocks || subset == ParameterSubset.TopBlocks)
            return isOfBlocks;
        return kind switch
        {
            ParameterKind.QueryNormGain or ParameterKind.KeyNormGain => trainsScores && trainsNormGains,
            ParameterKind.QueryWeight or ParameterKind.QueryBias or ParameterKind.KeyWeight or ParameterKind.KeyBias => trainsScores,
            _ when role.Field == ParameterField.Gain => trainsNormGains,
            _ when ParameterRoles.Find(role.Module, ParameterField.Gain) is not null => trainsNormBiases,
            _ => true,
        };
    }
}
