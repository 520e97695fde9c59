using TinT.Compiler.Construction;
using TinT.Compiler.Specs;

namespace TinT.Compiler.Lowering;

/// <summary>Layer-norm modules → normalisation or Taylor difference, and products with the gain as a matrix.</summary>
internal static class LowerLayerNorm
{
    /// <summary>Forward: x̂, then x̂ Gᵀ + β. Backward: ∂y G, then the Taylor difference. Descent: β, and G if all of it is trained.</summary>
    public static IEnumerable<Kernel> Run(ModelSpec spec, SimulatorModule module)
    {
        int width = spec.Auxiliary.HiddenSize;
        Signal normalized = new(Signals.Normalized(module.Name), width);
        var deviation = new Operand(Signals.InverseDeviation(module.Name), 0, 1);
        switch (module.Direction)
        {
            case Direction.Forward:
                Kernel normalize = LowerLinear.Product(spec, module, KernelKind.Normalize, module.Input, [normalized]);
                yield return WithoutWeights(normalize) with { Outputs = normalize.Outputs.Append(deviation).ToEquatableArray() };
                yield return LowerLinear.Product(spec, module, KernelKind.Linear, [normalized], module.Output) with
                {
                    BiasShare = module.Matrix!.HasBias ? Share.Whole : Share.None,
                };
                break;
            case Direction.Backward:
                yield return LowerLinear.Product(spec, module, KernelKind.LinearBackward, [module.Input[0]], [normalized.Gradient]);
                Kernel difference = LowerLinear.Product(spec, module, KernelKind.NormBackward, [normalized.Gradient, normalized], module.Output);
                yield return WithoutWeights(difference) with { Inputs = difference.Inputs.Append(deviation).ToEquatableArray() };
                break;
            case Direction.Descent:
                if (spec.Training.LayerNorm.Value == LayerNormUpdate.Full)
                    yield return LowerLinear.Product(spec, module, KernelKind.LinearDescent, [module.Input[0], normalized], []);
                if (module.Matrix!.HasBias)
                    yield return LowerLinear.Product(spec, module, KernelKind.BiasDescent, [module.Input[0]], []);
                break;
            default:
                throw new InvalidOperationException($"A norm has no direction {module.Direction}.");
        }
    }

    private static Kernel WithoutWeights(Kernel kernel) => kernel with
    {
        Parameters = default,
        Maps = ConstructionMaps.None with { Gate = kernel.Maps.Gate },
    };
}
