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
                // A bias is spread over the blocks whose outputs are summed.
                Share share = module.Matrix!.HasBias ? new Share(1, module.Matrix.Columns) : Share.None;
                yield return Product(spec, module, KernelKind.Linear, module.Input, module.Output) with { BiasShare = share };
                break;
            case Direction.Backward:
                yield return Product(spec, module, KernelKind.LinearBackward, module.Input, module.Output);
                break;
            case Direction.Descent:
                yield return Product(spec, module, KernelKind.LinearDescent, module.Input, []);
                if (module.Matrix!.HasBias)
                {
                    // The copies of a spread bias each move by lr, so that it moves by more; exactly it moves by lr.
                    Share moved = spec.Training.IsExact ? new Share(1, module.Matrix.Columns) : Share.Whole;
                    yield return Product(spec, module, KernelKind.BiasDescent, [module.Input[0]], []) with { BiasShare = moved };
                }

                break;
            default:
                throw new InvalidOperationException($"A linear module has no direction {module.Direction}.");
        }
    }

    /// <summary>A kernel on one D×D prefix matrix, with the maps of its module.</summary>
    public static Kernel Product(ModelSpec spec, SimulatorModule module, KernelKind kind, IEnumerable<Signal> inputs, IEnumerable<Signal> outputs) =>
        Product(spec, module, kind, inputs.Select(Operand.Of), outputs.Select(Operand.Of));

    /// <inheritdoc cref="Product(ModelSpec, SimulatorModule, KernelKind, IEnumerable{Signal}, IEnumerable{Signal})"/>
    public static Kernel Product(ModelSpec spec, SimulatorModule module, KernelKind kind, IEnumerable<Operand> inputs, IEnumerable<Operand> outputs)
    {
        int sharding = spec.Simulator.Sharding;
        int prefixes = spec.Simulator.PrefixTokens;
        PrefixMatrix matrix = module.Matrix!;
        var maps = new ConstructionMaps(
            module.Gate,
            new GridTranspose(prefixes, sharding),
            new GridTranspose(sharding, prefixes),
            new PrefixAddress(sharding, spec.Auxiliary.HiddenSize, spec.Simulator.HiddenSize),
            matrix.Diagonal);
        return new Kernel(
            kind,
            module.Name,
            matrix.Copy,
            matrix.Copies,
            inputs.ToEquatableArray(),
            outputs.ToEquatableArray(),
            EquatableArray.Create(matrix.Parameter),
            null,
            Share.Whole,
            maps,
            module.Origin);
    }
}
