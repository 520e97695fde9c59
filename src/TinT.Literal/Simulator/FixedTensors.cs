using TinT.Literal.Parameters;
using TinT.Model;
using TinT.Model.Parameters;

namespace TinT.Literal.Simulator;

/// <summary>The auxiliary weights that are layers of the simulator and in no prefix, so that no descent changes them: what is below the blocks, and the head.</summary>
internal static class FixedTensors
{
    /// <summary>Their names, in the order of a run.</summary>
    private static readonly (ParameterKind Kind, string Name)[] all =
    [
        (ParameterKind.TokenEmbedding, "token_embedding"),
        (ParameterKind.ProjectInWeight, "project_in"),
        (ParameterKind.PositionEmbedding, "position_embedding"),
        (ParameterKind.EmbeddingNormGain, "embedding_norm.gain"),
        (ParameterKind.EmbeddingNormBias, "embedding_norm.bias"),
        (ParameterKind.ProjectOutWeight, "project_out"),
        (ParameterKind.HeadWeight, "head"),
        (ParameterKind.HeadBias, "head.bias"),
    ];

    /// <summary>Those of a model; their values come from a checkpoint.</summary>
    /// <param name="model">The model.</param>
    public static IEnumerable<(ParameterKind Kind, ParameterDefinition Definition)> Of(AuxiliaryDescription model) =>
        all.Where(tensor => model.Has(tensor.Kind)).Select(tensor =>
        {
            ParameterRole role = ParameterRoles.Of(tensor.Kind);
            (int rows, int columns) = role.Shape(model);
            return (tensor.Kind, role.IsMatrix ? ParameterDefinition.Zero(tensor.Name, rows, columns) : ParameterDefinition.Zero(tensor.Name, columns));
        });

    /// <summary>The name of a tensor.</summary>
    /// <param name="kind">What it is.</param>
    public static string NameOf(ParameterKind kind) => all.Single(tensor => tensor.Kind == kind).Name;
}
