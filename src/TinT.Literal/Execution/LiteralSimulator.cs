using TinT.Compiler.Construction;
using TinT.Compiler.Specs.Writing;
using TinT.Model;
using TinT.Reference.Weights;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Simulation;

namespace TinT.Literal.Execution;

/// <summary>The literal simulator behind the contract of compiled ones, computed in double precision, results rounded to single.</summary>
public sealed class LiteralSimulator : ISimulator
{
    private readonly LiteralTint<double> tint;

    /// <summary>Creates a simulator.</summary>
    /// <param name="tint">The literal simulator.</param>
    public LiteralSimulator(LiteralTint<double> tint) => this.tint = tint;

    /// <inheritdoc/>
    public SimulatorDescription Description => tint.Description;

    /// <summary>Loads a checkpoint.</summary>
    /// <param name="directory">Directory with <c>config.json</c> and safetensors weights.</param>
    /// <param name="graph">The graph of the spec.</param>
    /// <param name="gates">Kind of gates.</param>
    /// <param name="threadCount">Threads that share the work; results do not depend on it.</param>
    /// <exception cref="CheckpointFormatException">The checkpoint cannot be read or does not fit.</exception>
    public static LiteralSimulator Load(string directory, LayerGraph graph, GateFunction gates = GateFunction.Hard, int threadCount = 1)
    {
        ArgumentNullException.ThrowIfNull(graph);
        AuxiliaryDescription auxiliary = SimulatorDescriptions.Of(graph.Spec).Auxiliary;
        return new LiteralSimulator(new LiteralTint<double>(graph, AuxiliaryModelReader.Read<double>(directory, auxiliary), gates, threadCount: threadCount));
    }

    /// <inheritdoc/>
    public SimulationResult Run(SimulationBatch batch, RunOptions? options = null) => tint.Run(batch, options).ToSimulationResult();

    /// <inheritdoc/>
    public void Dispose()
    {
        // The working memory is managed; nothing is held open.
    }
}
