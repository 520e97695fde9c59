namespace TinT.Compiler.Diagnostics;

/// <summary>TINT2xxx: the simulator cannot carry the auxiliary model. D, H, S and P are as in <c>README.md</c> beside this file.</summary>
public static class ShardingDiagnostics
{
    /// <summary>S does not divide D.</summary>
    public static readonly DiagnosticDescriptor ShardingDoesNotDivideHiddenSize = new(
        "TINT2001",
        "Sharding does not divide the hidden size",
        "simulator.sharding {0} does not divide auxiliary.hidden_size {1}, so the rows of a weight matrix do not fill whole prefix embeddings. Use {2}.");

    /// <summary>P does not divide H.</summary>
    public static readonly DiagnosticDescriptor PrefixDoesNotDivideSimulator = new(
        "TINT2002",
        "Prefix tokens do not divide the simulator's hidden size",
        "The {0} prefix embeddings (auxiliary.hidden_size {1} / sharding {2}) do not divide simulator.hidden_size {3}. Use {4}.");

    /// <summary>D does not divide H.</summary>
    public static readonly DiagnosticDescriptor HiddenSizeDoesNotDivideSimulator = new(
        "TINT2003",
        "Hidden size does not divide the simulator's",
        "auxiliary.hidden_size {0} does not divide simulator.hidden_size {1}. Use {2}.");

    /// <summary>The simulator's heads do not divide H.</summary>
    public static readonly DiagnosticDescriptor HeadsDoNotDivideSimulator = new(
        "TINT2004",
        "Heads do not divide the simulator's hidden size",
        "{0} simulator heads do not divide simulator.hidden_size {1}. Use {2} heads.");

    /// <summary>H / heads does not divide D.</summary>
    public static readonly DiagnosticDescriptor HeadSizeDoesNotDivideHiddenSize = new(
        "TINT2005",
        "The simulator's head size does not divide the hidden size",
        "{0} simulator heads have size {1} (simulator.hidden_size {2} / {0}), which does not divide auxiliary.hidden_size {3}. Use {4} heads.");

    /// <summary>H is smaller than (S+1)·D.</summary>
    public static readonly DiagnosticDescriptor SimulatorTooSmallForRows = new(
        "TINT2006",
        "Simulator too small for its rows",
        "simulator.hidden_size {0} is smaller than {1}, the room for {2} weight rows and one bias of size {3} in a prefix embedding. Use {4}, or a smaller sharding.");

    /// <summary>H is smaller than what the signal and the memory of attention take.</summary>
    public static readonly DiagnosticDescriptor SimulatorTooSmallForMemory = new(
        "TINT2007",
        "Simulator too small for its memory",
        "simulator.hidden_size {0} is smaller than {1}, the room for the signal and what attention needs beside it (q, k and their input, or v) in blocks of {2}. Use {3}.");

    /// <summary>The auxiliary model has more heads than the simulator.</summary>
    public static readonly DiagnosticDescriptor TooFewSimulatorHeads = new(
        "TINT2008",
        "Fewer heads than the auxiliary model",
        "{0} simulator heads are fewer than the auxiliary model's {1}. Use {2} heads.");

    /// <summary>A simulator head holds no whole number of auxiliary heads.</summary>
    public static readonly DiagnosticDescriptor AuxiliaryHeadsNotDivisible = new(
        "TINT2009",
        "Auxiliary heads do not spread over the simulator's",
        "With {0} simulator heads of size {1}, auxiliary heads of size {2} would lie in two of them. Use {3} simulator heads.");

    /// <summary>The default of H is beyond its limit.</summary>
    public static readonly DiagnosticDescriptor DefaultSimulatorTooLarge = new(
        "TINT2010",
        "Sharding needs too large a simulator",
        "Sharding {0} of auxiliary.hidden_size {1} needs simulator.hidden_size {2}, more than {3}. Use a sharding of {4} or less.");

    /// <summary>All of them, by id.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
    [
        ShardingDoesNotDivideHiddenSize, PrefixDoesNotDivideSimulator, HiddenSizeDoesNotDivideSimulator, HeadsDoNotDivideSimulator,
        HeadSizeDoesNotDivideHiddenSize, SimulatorTooSmallForRows, SimulatorTooSmallForMemory, TooFewSimulatorHeads,
        AuxiliaryHeadsNotDivisible, DefaultSimulatorTooLarge,
    ];
}
