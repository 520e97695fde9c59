using TinT.Compiler.Construction;
using TinT.Compiler.Specs;
using TinT.Literal.Modules;
using TinT.Literal.Parameters;

namespace TinT.Literal.Simulator;

/// <summary>
/// The literal modules behind some modules of the layer graph. Blocks of one matrix share a module; so do the
/// projections to q, k and v, each behind its own prefix.
/// </summary>
internal sealed class LiteralBlock
{
    private readonly ConstructionSettings construction;
    private readonly TrainingSpec training;
    private readonly int window;
    private readonly Dictionary<(Direction, ModuleKind, string), ProgramModule> modules = [];
    private readonly Dictionary<string, LinearForward> repeated = new(StringComparer.Ordinal);
    private readonly List<IEnumerable<ParameterDefinition>> parameters = [];
    private AttentionForward? attention;

    /// <summary>Creates the modules of a block.</summary>
    /// <param name="kind">Kind of block.</param>
    /// <param name="scope">Name in front of the parameters, with a dot at the end.</param>
    /// <param name="construction">Numbers of the graph.</param>
    /// <param name="training">What is trained, and how gradients pass through attention.</param>
    /// <param name="graph">The block's modules in the graph.</param>
    /// <param name="window">Tokens that a token attends to, itself included; 0 for all.</param>
    public LiteralBlock(
        BlockKind kind, string scope, ConstructionSettings construction, TrainingSpec training, IEnumerable<SimulatorModule> graph, int window = 0)
    {
        Kind = kind;
        Scope = scope;
        this.construction = construction;
        this.training = training;
        this.window = window;
        foreach (SimulatorModule module in graph.Where(IsModule))
        {
            if (module.Direction == Direction.Forward && IsPartOfAttention(module))
                AddAttention(module);
            else if (!modules.ContainsKey(Key(module)))
                Add(module);
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
    public ProgramModule this[SimulatorModule module] =>
        module.Direction == Direction.Forward && IsPartOfAttention(module) ? Attention.Linear : modules[Key(module)];

    /// <summary>The linear module that makes values, queries or keys again in a backward pass.</summary>
    /// <param name="module">The backward module that needs them.</param>
    public LinearForward Repeated(SimulatorModule module) => repeated[module.Name];

    /// <summary>
    /// Whether a module of the graph is one of the simulator. Sums are residual connections, rotary positions belong to softmax attention, and the maps to the width of
    /// token embeddings and back are fixed.
    /// </summary>
    public static bool IsModule(SimulatorModule module) => module.Kind is not (ModuleKind.Residual or ModuleKind.Rotation or ModuleKind.Projection);

    /// <summary>Whether a module is softmax attention or one of the projections in front of it.</summary>
    public static bool IsPartOfAttention(SimulatorModule module) =>
        module.Kind == ModuleKind.Attention || module.Name is ModuleNames.Query or ModuleNames.Key or ModuleNames.Value;

    /// <summary>Where the graph has one of a module's memory slots.</summary>
    private static int Slot(SimulatorModule module, int index) => module.Memory[index].Start;

    private static (Direction, ModuleKind, string) Key(SimulatorModule module) => (module.Direction, module.Kind, module.Name);

    private void AddAttention(SimulatorModule module)
    {
        // The projections in front of it are part of it.
        if (module.Kind != ModuleKind.Attention)
            return;
        attention = new AttentionForward($"{Scope}{ModuleNames.Attention}.", construction, Slot(module, 0), Slot(module, 1), Slot(module, 2), window);
        parameters.Add(attention.Parameters);
    }

    private void Add(SimulatorModule module)
    {
        string name = $"{Scope}{module.Name}.";
        ProgramModule literal = (module.Direction, module.Kind) switch
        {
            (Direction.Forward, ModuleKind.Linear) => new LinearForward(name, construction, Slot(module, 0)),
            (Direction.Forward, ModuleKind.Norm) => new LayerNormForward(name, construction, Slot(module, 0), Slot(module, 1)),
            (Direction.Forward, ModuleKind.HeadNorm) => new HeadNormForward(name, construction, HeadsOf(module), TrainsHeadNorms),
            (Direction.Forward, ModuleKind.Activation) => new ActivationForward(name, construction, Slot(module, 0)),
            (Direction.Forward, ModuleKind.Gate) => new GateForward(name, construction, Slot(module, 0), Slot(module, 1)),
            (Direction.Backward, ModuleKind.Linear) => new LinearBackward(name + "backward.", construction, keptFrom: null),
            (Direction.Backward, ModuleKind.Norm) => new LayerNormBackward(name + "backward.", construction, Slot(module, 0), Slot(module, 1)),
            (Direction.Backward, ModuleKind.HeadNorm) => new HeadNormBackward(name + "backward.", construction, HeadsOf(module), TrainsHeadNorms),
            (Direction.Backward, ModuleKind.Activation) => new ActivationBackward(name, construction, Slot(module, 0)),
            (Direction.Backward, ModuleKind.Gate) => new GateBackward(name, construction, Slot(module, 0), Slot(module, 1)),
            (Direction.Backward, ModuleKind.Attention) when module.Memory.Count == 0 => new GroupSum(name + "group_sum.", construction),
            (Direction.Backward, ModuleKind.Attention) => new AttentionBackward(
                name + "attention_back.", construction, Slot(module, 0), Slot(module, 1), window),
            (Direction.Descent, ModuleKind.Linear) => new LinearDescent(name + "descent.", construction, Slot(module, 0), module.Matrix!.HasBias),
            (Direction.Descent, ModuleKind.Norm) =>
                new LinearDescent(
                    name + "descent.linear.", construction, module.Memory.Count > 0 ? Slot(module, 0) : null, module.Matrix!.HasBias, KeepsDiagonal),
            (Direction.Descent, ModuleKind.HeadNorm) => new HeadNormDescent(name + "descent.linear.", construction, HeadsOf(module), KeepsDiagonal),
            _ => throw new NotSupportedException($"The literal construction has no module for {module.Direction} of {module.Kind}."),
        };
        modules.Add(Key(module), literal);
        parameters.Add(literal.Parameters);
        if (literal is AttentionBackward && training.Attention.Value == AttentionGradient.Exact)
        {
            AddRepeated(module, name + "scores.linear.");
            ScoreBackward = new AttentionScoreBackward(name + "scores.", construction, window);
            parameters.Add(ScoreBackward.Parameters);
        }
        else if (literal is HeadNormBackward)
        {
            AddRepeated(module, name + "input.linear.");
        }
    }

    private bool TrainsHeadNorms =>
        training.LayerNorm.Value is LayerNormUpdate.Gain or LayerNormUpdate.Full && training.Attention.Value == AttentionGradient.Exact;

    /// <summary>Whether gains of norms move as vectors, so that the descent of diag(gain) leaves it diagonal.</summary>
    private bool KeepsDiagonal => training.LayerNorm.Value == LayerNormUpdate.Gain;

    private int HeadsOf(SimulatorModule module) =>
        module.Name == ModuleNames.QueryNorm ? construction.Auxiliary.HeadCount : construction.Auxiliary.KeyValueHeadCount;

    private void AddRepeated(SimulatorModule module, string scope)
    {
        LinearForward linear = new(scope, construction, memoryStart: null);
        repeated.Add(module.Name, linear);
        parameters.Add(linear.Parameters);
    }
}
