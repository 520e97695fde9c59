using TinT.Compiler.Construction;
using TinT.Compiler.Specs;

namespace TinT.Compiler.Lowering;

/// <summary>Linear modules → products with the prefix rows.</summary>
internal static class LowerLinear
{
    /// <summary>
    /// Forward: each head s of a token returns ⟨x, row p·S+s⟩ at coordinate p, a permutation puts the rows in order.
    /// Backward: Σ ∂y_i row_i. Descent: row_i −= lr Σ_t ∂y_i x, and the bias in prefix 0.
    /// </summary>
    public static IEnumerable<Kernel> Run(ModelSpec spec, SimulatorModule module)
    {
        switch (module.Direction)
        {
            case Direction.Forward:
                // The feed-forward bias c_2 is spread over the K blocks whose outputs are summed.
                Share share = module.Name == ModuleNames.Down ? new Share(1, module.Matrix!.Copies) : Share.Whole;
                yield return Product(spec, module, KernelKind.Linear, [module.Input[0]], [module.Output]) with { BiasShare = share };
                break;
            case Direction.Backward:
                yield return Product(spec, module, KernelKind.LinearBackward, [module.Input[0]], [module.Output]);
                break;
            default:
                yield return Product(spec, module, KernelKind.LinearDescent, [module.Input[0], module.Input[1]], []);
                yield return Product(spec, module, KernelKind.BiasDescent, [module.Input[0]], []);
                break;
        }
    }

    /// <summary>A kernel on one D×D prefix matrix, with the maps of its module.</summary>
    public static Kernel Product(ModelSpec spec, SimulatorModule module, KernelKind kind, string[] inputs, string[] outputs)
    {
        int width = spec.Auxiliary.HiddenSize;
        int sharding = spec.Simulator.Sharding;
        int prefixes = spec.Simulator.PrefixTokens;
        PrefixMatrix matrix = module.Matrix!;
        var maps = new ConstructionMaps(
            module.Gate,
            new GridTranspose(prefixes, sharding),
            new GridTranspose(sharding, prefixes),
            new PrefixAddress(sharding, width, spec.Simulator.HiddenSize),
            matrix.Diagonal);
        return new Kernel(
            kind,
            module.Name,
            matrix.Copy,
            matrix.Copies,
            inputs.Select(s => new Operand(s, 0, width)).ToEquatableArray(),
            outputs.Select(s => new Operand(s, 0, width)).ToEquatableArray(),
            EquatableArray.Create(matrix.Parameter),
            null,
            Share.Whole,
            maps,
            module.Origin);
    }
}
