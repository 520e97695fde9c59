using TinT.Compiler.Construction;
using TinT.Compiler.Specs;
using TinT.Literal.Modules;
using TinT.Literal.Parameters;

namespace TinT.Literal.Simulator;

/// <summary>
/// The literal modules behind some modules of the layer graph. Copies of a feed-forward module share one; so do the
/// projections to q, k and v, each behind its own prefix.
/// </summary>
internal sealed class LiteralBlock
{
    private readonly ConstructionSettings construction;
    private readonly bool updatesGain;
    private readonly Dictionary<(Direction, ModuleKind, string), LiteralModule> modules = [];
    private readonly List<IEnumerable<ParameterDefinition>> parameters = [];
    private AttentionForward? attention;

    /// <summary>Creates the modules of a block.</summary>
    /// <param name="kind">Kind of block.</param>
    /// <param name="scope">Name in front of the parameters, with a dot at the end.</param>
    /// <param name="construction">Numbers of the graph.</param>
    /// <param name="training">What is trained, and how gradients pass through attention.</param>
    /// <param name="graph">The block's modules in the graph.</param>
    public LiteralBlock(BlockKind kind, string scope, ConstructionSettings construction, TrainingSpec training, IEnumerable<SimulatorModule> graph)
    {
        Kind = kind;
        Scope = scope;
        this.construction = construction;
        updatesGain = training.LayerNorm.Value == LayerNormUpdate.Full;
        foreach (SimulatorModule module in graph)
        {
            if (module.Kind == ModuleKind.Residual)
                continue;
            if (module.Direction == Direction.Forward && IsPartOfAttention(module))
                AddAttention();
            else if (!modules.ContainsKey(Key(module)))
                Add(module, training.Attention.Value);
        }
    }

    /// <summary>Kind of block.</summary>
    public BlockKind Kind { get; }

    /// <summary>Name in front of the parameters, with a dot at the end.</summary>
    public string Scope { get; }

    /// <summary>Every parameter of the block.</summary>
    public IEnumerable<ParameterDefinition> Parameters => parameters.SelectMany(list => list);

    /// <summary>Softmax attention with the linear module of its projections.</summary>
    public AttentionForward Attention => attention ?? throw new InvalidOperationException($"The block '{Scope}' has no forward attention.");

    /// <summary>The gradient through the scores; <see langword="null"/> unless it is trained.</summary>
    public AttentionScoreBackward? ScoreBackward { get; private set; }

    /// <summary>The literal module behind a module of the graph.</summary>
    /// <param name="module">A module with weights, attention or activation.</param>
    public LiteralModule this[SimulatorModule module] =>
        module.Direction == Direction.Forward && IsPartOfAttention(module) ? Attention.Linear : modules[Key(module)];

    /// <summary>Whether a module is softmax attention or one of the projections in front of it.</summary>
    public static bool IsPartOfAttention(SimulatorModule module) =>
        module.Kind == ModuleKind.Attention || module.Name is ModuleNames.Query or ModuleNames.Key or ModuleNames.Value;

    private static (Direction, ModuleKind, string) Key(SimulatorModule module) => (module.Direction, module.Kind, module.Name);

    private void AddAttention()
    {
        if (attention is not null)
            return;
        attention = new AttentionForward($"{Scope}{ModuleNames.Attention}.", construction);
        parameters.Add(attention.Parameters);
    }

    private void Add(SimulatorModule module, AttentionGradient gradient)
    {
        string name = $"{Scope}{module.Name}.";
        LiteralModule literal = (module.Direction, module.Kind) switch
        {
            (Direction.Forward, ModuleKind.Linear) => new LinearForward(name, construction, construction.MemoryStart(1)),
            (Direction.Forward, ModuleKind.LayerNorm) => new LayerNormForward(name, construction),
            (Direction.Forward, ModuleKind.Activation) => new ActivationForward(name, construction),
            (Direction.Backward, ModuleKind.Linear) => new LinearBackward(name + "backward.", construction, construction.MemoryStart(1)),
            (Direction.Backward, ModuleKind.LayerNorm) => new LayerNormBackward(name + "backward.", construction),
            (Direction.Backward, ModuleKind.Activation) => new ActivationBackward(name, construction),
            (Direction.Backward, ModuleKind.Attention) => new AttentionBackward(name + "attention_back.", construction),
            (Direction.Descent, ModuleKind.Linear) => new LinearDescent(name + "descent.", construction, construction.MemoryStart(1)),
            (Direction.Descent, ModuleKind.LayerNorm) =>
                new LinearDescent(name + "descent.linear.", construction, construction.MemoryStart(2), biasOnly: !updatesGain),
            _ => throw new NotSupportedException($"The literal construction has no module for {module.Direction} of {module.Kind}."),
        };
        modules.Add(Key(module), literal);
        parameters.Add(literal.Parameters);
        if (literal is AttentionBackward && gradient == AttentionGradient.Exact)
        {
            ScoreBackward = new AttentionScoreBackward(name + "scores.", construction);
            parameters.Add(ScoreBackward.Parameters);
        }
    }
}
