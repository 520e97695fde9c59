using TinT.Compiler.Construction;
using TinT.Compiler.Specs;
using TinT.Literal.Parameters;

namespace TinT.Literal.Simulator;

/// <summary>
/// Every block of a literal simulator, built from the layer graph that the compiler lowers. It holds shapes and rules and no values, so
/// that a simulator of any size can be counted; the same enumeration is allocated and executed.
/// </summary>
public sealed class LiteralLayout
{
    private readonly Dictionary<(int Layer, int Pass), LiteralBlock> forward = [];
    private readonly Dictionary<(int Layer, int Step), LiteralBlock> backward = [];

    /// <summary>Lays a simulator out.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="learningRate">Learning rate in place of the spec's; <see langword="null"/> for the spec's.</param>
    /// <param name="gateScale">Argument of an open gate.</param>
    public LiteralLayout(LayerGraph graph, double? learningRate = null, double gateScale = ConstructionSettings.AuthorsGateScale)
    {
        ArgumentNullException.ThrowIfNull(graph);
        Graph = graph;
        Construction = ConstructionSettings.Of(graph, learningRate, gateScale);
        TrainingSpec training = graph.Spec.Training;
        int layers = graph.Spec.Auxiliary.LayerCount;
        FirstTrainedLayer = layers - training.Layers;
        LiteralBlock Block(BlockKind kind, string scope, IEnumerable<SimulatorModule> modules, int layer = -1) =>
            new(kind, scope, Construction, training, modules, layer < 0 ? 0 : Construction.Auxiliary.WindowOf(layer));
        for (int layer = 0; layer < layers; layer++)
            forward.Add((layer, 0), Block(BlockKind.Forward, $"forward.{layer}.", graph.ForwardBlock, layer));
        FinalNorm = Block(BlockKind.FinalNorm, "forward.", graph.FinalNorm);
        FinalNormBackward = Block(BlockKind.FinalNormBackward, "backward.", graph.FinalNormBackward);
        bool reuse = graph.Spec.Simulator.ReuseBlocks;
        for (int step = 0; step < training.Steps; step++)
        {
            for (int layer = FirstTrainedLayer; layer < layers; layer++)
            {
                backward.Add((layer, step), reuse && step > 0 ? backward[(layer, 0)] : Block(
                    BlockKind.Backward, $"backward.{layer}.step{step}.", graph.BackwardBlock, layer));
                forward.Add(
                    (layer, step + 1), reuse ? forward[(layer, 0)] : Block(BlockKind.Forward, $"forward.{layer}.step{step + 1}.", graph.ForwardBlock, layer));
            }
        }
    }

    /// <summary>The graph.</summary>
    public LayerGraph Graph { get; }

    /// <summary>The graph's numbers.</summary>
    public ConstructionSettings Construction { get; }

    /// <summary>The lowest layer that is trained.</summary>
    public int FirstTrainedLayer { get; }

    /// <summary>Parameters of the forward modules of the layers.</summary>
    public IEnumerable<ParameterDefinition> ForwardParameters => forward.Values.Distinct().SelectMany(block => block.Parameters);

    /// <summary>Parameters of the final norm's modules, forward, backward and descent.</summary>
    public IEnumerable<ParameterDefinition> FinalNormParameters => FinalNorm.Parameters.Concat(FinalNormBackward.Parameters);

    /// <summary>Parameters of the backward and descent modules of the layers.</summary>
    public IEnumerable<ParameterDefinition> BackwardParameters => backward.Values.Distinct().SelectMany(block => block.Parameters);

    /// <summary>Parameters of all modules: everything but what comes from a checkpoint.</summary>
    public IEnumerable<ParameterDefinition> ModuleParameters => [.. ForwardParameters, .. FinalNormParameters, .. BackwardParameters];

    /// <summary>
    /// Prefix embeddings, [P, H] each; their values come from a checkpoint. Activations and gates have some too, as every module of the construction:
    /// zeros that nothing reads.
    /// </summary>
    public IEnumerable<ParameterDefinition> PrefixParameters =>
        Enumerable.Range(0, Graph.Spec.Auxiliary.LayerCount)
            .SelectMany(layer => Prefixes(layer, Graph.ForwardBlock))
            .Concat(Prefixes(Simulator.PrefixParameters.FinalLayer, Graph.FinalNorm));

    /// <summary>Token embedding, which is the head too unless there is another, position table, and what else is fixed below the blocks and in the head.</summary>
    public IEnumerable<ParameterDefinition> EmbeddingParameters => FixedTensors.Of(Construction.Auxiliary).Select(tensor => tensor.Definition);

    /// <summary>Forward modules of the final norm.</summary>
    internal LiteralBlock FinalNorm { get; }

    /// <summary>Backward and descent modules of the final norm.</summary>
    internal LiteralBlock FinalNormBackward { get; }

    /// <summary>Counts the parameters, without allocating them.</summary>
    public ParameterCounts CountParameters() => new(
        ForwardParameters.Sum(parameter => parameter.Count),
        FinalNormParameters.Sum(parameter => parameter.Count),
        BackwardParameters.Sum(parameter => parameter.Count),
        PrefixParameters.Sum(parameter => parameter.Count),
        EmbeddingParameters.Sum(parameter => parameter.Count));

    /// <summary>The forward modules of a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="pass">0 for the first pass, then 1 after each step.</param>
    internal LiteralBlock Forward(int layer, int pass) => forward[(layer, pass)];

    /// <summary>The backward and descent modules of a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="step">The step, from 0.</param>
    internal LiteralBlock Backward(int layer, int step) => backward[(layer, step)];

    private IEnumerable<ParameterDefinition> Prefixes(int layer, IEnumerable<SimulatorModule> modules)
    {
        int activations = 0;
        foreach (SimulatorModule module in modules)
        {
            string? name = module switch
            {
                { Matrix: { } matrix } => PrefixNames.Of(layer, matrix.Parameter, matrix.Copy),
                { Kind: ModuleKind.Activation or ModuleKind.Gate } => PrefixNames.Of(layer, module.Name, activations++),
                _ => null,
            };
            if (name is not null)
                yield return ParameterDefinition.Zero(name, Construction.PrefixCount, Construction.HiddenSize);
        }
    }
}
