using TinT.Compiler.Construction;
using TinT.Compiler.Specs;
using TinT.Model;

namespace TinT.Literal;

/// <summary>The numbers of a layer graph that parameters are made of.</summary>
/// <param name="Auxiliary">The auxiliary model.</param>
/// <param name="HiddenSize">Simulator hidden size H.</param>
/// <param name="PrefixCount">Prefix embeddings P.</param>
/// <param name="LinearHeads">How the heads of a linear module divide its matrix.</param>
/// <param name="SimulatorHeads">Heads of softmax attention and parts of element-wise modules.</param>
/// <param name="LearningRate">Inner learning rate.</param>
/// <param name="TaylorScale">N of the Taylor differences.</param>
/// <param name="GateScale">Argument of an open gate.</param>
public sealed record ConstructionSettings(
    AuxiliaryDescription Auxiliary,
    int HiddenSize,
    int PrefixCount,
    HeadSplit LinearHeads,
    int SimulatorHeads,
    double LearningRate,
    double TaylorScale,
    double GateScale)
{
    /// <summary>The gate scale of the authors' code.</summary>
    public const double AuthorsGateScale = 10;

    /// <summary>Auxiliary hidden size D.</summary>
    public int AuxiliarySize => Auxiliary.HiddenSize;

    /// <summary>Most tokens in a sequence.</summary>
    public int SequenceLength => Auxiliary.MaxPositionEmbeddings;

    /// <summary>Weight rows per prefix embedding, S.</summary>
    public int Sharding => AuxiliarySize / PrefixCount;

    /// <summary>Length of a position code: a 1 for each token and for each prefix embedding.</summary>
    public int PositionSize => SequenceLength + PrefixCount;

    /// <summary>Coordinates of one simulator head, H / heads.</summary>
    public int SimulatorHeadSize => HiddenSize / SimulatorHeads;

    /// <summary>Simulator heads that one D-wide signal spans.</summary>
    public int HeadsPerSignal => AuxiliarySize / SimulatorHeadSize;

    /// <summary>Heads of a linear module, H / P.</summary>
    public int LinearHeadCount => HiddenSize / PrefixCount;

    /// <summary>Coordinates that the queries take, and the context: whole blocks of D.</summary>
    public int QueryWidth => WholeBlocks(Auxiliary.QuerySize);

    /// <summary>Coordinates that the keys take, and the values: whole blocks of D.</summary>
    public int KeyValueWidth => WholeBlocks(Auxiliary.KeyValueSize);

    /// <summary>Takes the numbers from a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="learningRate">Learning rate in place of the spec's; <see langword="null"/> for the spec's.</param>
    /// <param name="gateScale">Argument of an open gate.</param>
    public static ConstructionSettings Of(LayerGraph graph, double? learningRate = null, double gateScale = AuthorsGateScale)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ModelSpec spec = graph.Spec;
        return new ConstructionSettings(
            spec.Auxiliary.Model,
            spec.Simulator.HiddenSize,
            spec.Simulator.PrefixTokens,
            graph.Heads,
            spec.Simulator.HeadCount,
            learningRate ?? spec.Training.LearningRate.Value,
            spec.Training.TaylorScale,
            gateScale);
    }

    private int WholeBlocks(int width) => PrefixMatrix.BlocksOf(width, AuxiliarySize) * AuxiliarySize;
}
