using TinT.Runtime.Simulation;

namespace TinT.Reference.Weights;

/// <summary>Shapes of the parameter tensors of an auxiliary model.</summary>
public static class ParameterShapes
{
    /// <summary>Rows and columns of a tensor; a vector is one row.</summary>
    /// <param name="description">Shape of the model.</param>
    /// <param name="kind">The tensor's role.</param>
    public static (int Rows, int Columns) Of(AuxiliaryDescription description, ParameterKind kind)
    {
        ArgumentNullException.ThrowIfNull(description);
        int hidden = description.HiddenSize;
        int inner = description.IntermediateSize;
        return kind switch
        {
            ParameterKind.TokenEmbedding => (description.VocabularySize, hidden),
            ParameterKind.PositionEmbedding => (description.MaxPositionEmbeddings + PositionOffset(description), hidden),
            ParameterKind.QueryWeight or ParameterKind.KeyWeight or ParameterKind.ValueWeight or ParameterKind.OutputWeight => (hidden, hidden),
            ParameterKind.ExpandWeight => (inner, hidden),
            ParameterKind.ExpandBias => (1, inner),
            ParameterKind.ContractWeight => (hidden, inner),
            _ => (1, hidden),
        };
    }

    /// <summary>Row of the position table that belongs to position 0: OPT's first two are unused.</summary>
    /// <param name="description">Shape of the model.</param>
    public static int PositionOffset(AuxiliaryDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        return description.Architecture == "opt" ? 2 : 0;
    }
}
