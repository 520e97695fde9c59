using System.Numerics;
using System.Runtime.CompilerServices;
using TinT.Cli.Compilation;
using TinT.Cli.Context;
using TinT.Model;
using TinT.Model.Parameters;
using TinT.Reference.Weights;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Execution;
using TinT.Runtime.Simulation;

namespace TinT.Cli.Simulators;

/// <summary>Loads weights and shows how far that is.</summary>
internal static class WeightLoading
{
    /// <summary>Loads a simulator.</summary>
    /// <param name="context">Where progress goes.</param>
    /// <param name="factory">The compiled spec.</param>
    /// <param name="directory">Model directory.</param>
    /// <param name="options">Options; <see langword="null"/> for the defaults.</param>
    /// <exception cref="CheckpointFormatException">The directory does not hold this model.</exception>
    public static ISimulator Load(this CommandContext context, SimulatorFactory factory, string directory, SimulatorOptions? options) =>
        context.Console.WithLoading(
            factory.Description.Auxiliary.ParameterCount() * sizeof(float),
            progress => factory.Load(directory, (options ?? new SimulatorOptions()) with { Loading = progress }));

    /// <summary>Reads a model for the engines that are not compiled.</summary>
    /// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="context">Where progress goes.</param>
    /// <param name="directory">Model directory.</param>
    /// <param name="model">Shape of the model.</param>
    /// <exception cref="CheckpointFormatException">The directory does not hold this model.</exception>
    public static AuxiliaryModel<T> Read<T>(this CommandContext context, string directory, AuxiliaryDescription model)
        where T : IFloatingPointIeee754<T> =>
        context.Console.WithLoading(model.ParameterCount() * Unsafe.SizeOf<T>(), progress => AuxiliaryModelReader.Read<T>(directory, model, progress));
}
