using TinT.Compiler.Construction;
using TinT.Compiler.Specs;

namespace TinT.Compiler.Lowering;

/// <summary>Modules of norms → normalization or Taylor difference, and products with the gain as a matrix. A norm of heads has a row for each head of a token.</summary>
internal static class LowerNorm
{
    /// <summary>Forward: x̂, then x̂ Gᵀ + β. Backward: ∂y G, then the Taylor difference. Descent: β, and G if all of it is trained, or its diagonal.</summary>
    public static IEnumerable<Kernel> Run(ModelSpec spec, SimulatorModule module)
    {
        Operand first = Operand.Whole(module.Input).First();
        int heads = module.Kind == ModuleKind.HeadNorm ? first.Columns / spec.Auxiliary.HeadSize : 1;
        var normalized = new Operand(Signals.Normalized(module.Name), 0, first.Columns);
        var gradient = new Operand(Signals.Normalized(module.Name) + "_gradient", 0, first.Columns);
        var deviation = new Operand(Signals.InverseDeviation(module.Name), 0, heads);
        bool biased = module.Matrix!.HasBias;
        IEnumerable<Kernel> kernels = module.Direction switch
        {
            Direction.Forward =>
            [
                WithoutWeights(LowerLinear.Product(spec, module, KernelKind.Normalize, [first], [normalized, deviation])),
                LowerLinear.Product(spec, module, KernelKind.Linear, [normalized], Operand.Whole(module.Output)) with { BiasShare = biased ? Share.Whole : Share.None },
            ],
            Direction.Backward =>
            [
                LowerLinear.Product(spec, module, KernelKind.LinearBackward, [first], [gradient]),
                WithoutWeights(LowerLinear.Product(spec, module, KernelKind.NormBackward, [gradient, normalized, deviation], Operand.Whole(module.Output))),
            ],
            Direction.Descent =>
            [
                .. GainDescent(spec.Training.LayerNorm.Value) is { } descent
                    ? [LowerLinear.Product(spec, module, descent, [first, normalized], [])]
                    : Array.Empty<Kernel>(),
                .. biased ? [LowerLinear.Product(spec, module, KernelKind.BiasDescent, [first], [])] : Array.Empty<Kernel>(),
            ],
            _ => throw new InvalidOperationException($"A norm has no direction {module.Direction}."),
        };
        return kernels.Select(kernel => kernel with { Heads = heads, OfHeads = module.Kind == ModuleKind.HeadNorm });
    }

    private static KernelKind? GainDescent(LayerNormUpdate update) => update switch
    {
        LayerNormUpdate.None or LayerNormUpdate.Bias => null,
        LayerNormUpdate.Gain => KernelKind.GainDescent,
        LayerNormUpdate.Full => KernelKind.LinearDescent,
        _ => throw new InvalidOperationException($"Norms have no update {update}."),
    };

    private static Kernel WithoutWeights(Kernel kernel) => kernel with
    {
        Parameters = default,
        Maps = ConstructionMaps.None with { Gate = kernel.Maps.Gate },
    };
}
