using TinT.Compiler.Construction;
using TinT.Literal.Modules;
using TinT.Literal.Simulator;

namespace TinT.Literal.Schedule;

/// <summary>A module that runs over prefix and tokens.</summary>
/// <param name="Block">The block whose parameters it uses.</param>
/// <param name="Module">The literal module.</param>
/// <param name="Source">The module of the graph that it stands for.</param>
/// <param name="Layer">Layer whose prefix it reads.</param>
/// <param name="Matrix">Weights in the prefix; <see langword="null"/> if the prefix is zeros.</param>
internal sealed record ModuleCall(LiteralBlock Block, ProgramModule Module, SimulatorModule Source, int Layer, PrefixMatrix? Matrix) : RunStep
{
    /// <summary>Signals put into the tokens.</summary>
    public required IReadOnlyList<SignalPlace> Inputs { get; init; }

    /// <summary>Signals taken out of the tokens.</summary>
    public required IReadOnlyList<SignalPlace> Outputs { get; init; }

    /// <summary>Memory put into the tokens.</summary>
    public IReadOnlyList<MemoryPlace> MemoryRead { get; init; } = [];

    /// <summary>Memory taken out of the tokens.</summary>
    public IReadOnlyList<MemoryPlace> MemoryWritten { get; init; } = [];

    /// <summary>Whether what is left in the prefix takes the place of the prefix read.</summary>
    public bool ReplacesPrefix => Source.Direction == Direction.Descent;

    /// <summary>
    /// Name of the prefix tensor; <see langword="null"/> if the module has none. Activations and gates have one of zeros.
    /// </summary>
    public string? PrefixName => this switch
    {
        { Matrix: { } matrix } => PrefixNames.Of(Layer, matrix.Parameter, matrix.Copy),
        { Source.Kind: ModuleKind.Activation or ModuleKind.Gate } => PrefixNames.Of(Layer, Source.Name, Activation),
        _ => null,
    };

    /// <summary>Which of the block's activations or gates it is, if it is one.</summary>
    public int Activation { get; init; }
}
