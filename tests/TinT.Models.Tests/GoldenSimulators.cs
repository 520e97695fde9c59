using TinT.Generated;
using TinT.Runtime.Execution;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Models.Tests;

/// <summary>The classes that the generator made of the repository's golden specs.</summary>
internal static class GoldenSimulators
{
    /// <summary>Loads a golden case's weights with its class.</summary>
    /// <param name="golden">A case of the repository.</param>
    /// <param name="threads">Threads; <see langword="null"/> for the default.</param>
    public static ISimulator Load(GoldenCase golden, int? threads = null)
    {
        SimulatorOptions? options = threads is { } count ? new SimulatorOptions { Threads = count } : null;
        return golden.Name switch
        {
            "gpt2_var_mask_all_ones" => Gpt2VarMaskAllOnesSimulator.Load(golden.Folder, options),
            "gpt2_var_gradmask_iclmask_posids" => Gpt2VarGradmaskIclmaskPosidsSimulator.Load(golden.Folder, options),
            "opt_2step_all_f70" => Opt2stepAllF70Simulator.Load(golden.Folder, options),
            _ => throw new ArgumentException($"The golden case {golden.Name} has no class here; add it.", nameof(golden)),
        };
    }
}
