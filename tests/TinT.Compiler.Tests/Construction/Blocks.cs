using TinT.Compiler.Specs;
using TinT.Compiler.Tests.Lowering;
using TinT.Model;

namespace TinT.Compiler.Tests.Construction;

/// <summary>Specs of blocks of every shape, be there an architecture of it or not.</summary>
internal static class Blocks
{
    public static IEnumerable<(string Name, Func<AuxiliaryDescription, AuxiliaryDescription> Shape)> Shapes =>
    [
        ("pre-norm", model => model),
        ("post-norm", model => model with { NormPlacement = NormPlacement.Post }),
        ("norms on both sides", model => model with
        {
            Architecture = "gemma2", NormPlacement = NormPlacement.Both, Norm = "rms_norm", IsGated = true, Biases = ModuleBiases.None,
            Positions = PositionKind.Rotary, Rotary = new RotaryDescription(10000, 2),
        }),
        ("parallel", model => model with { Block = BlockShape.Parallel }),
        ("parallel with two norms", model => model with { Block = BlockShape.ParallelTwoNorms }),
        ("gated", model => model with { Architecture = "llama", IsGated = true, Norm = "rms_norm", Biases = ModuleBiases.None, Positions = PositionKind.Rotary, Rotary = new RotaryDescription(10000, 2) }),
        ("grouped, wide heads", model => model with { Architecture = "qwen3", KeyValueHeadCount = 1, HeadSize = model.HiddenSize, HasQueryKeyNorm = true, Biases = ModuleBiases.None, IsGated = true, Positions = PositionKind.Alibi }),
    ];

    public static ModelSpec With(ModelSpec spec, Func<AuxiliaryDescription, AuxiliaryDescription> shape) => spec with
    {
        Auxiliary = spec.Auxiliary with { Model = shape(spec.Auxiliary.Model) },
    };

    /// <summary>A model whose linear maps have no biases.</summary>
    public static AuxiliaryDescription WithoutBiases(AuxiliaryDescription model) => model with { Biases = model.Biases & ModuleBiases.Norms };

    /// <summary>Specs of every shape with every combination of training options.</summary>
    public static IEnumerable<(string Name, ModelSpec Spec)> All() =>
        from spec in TestSpecs.All()
        from shape in Shapes
        from biases in shape.Name is "pre-norm" or "parallel" ? new[] { true, false } : [true]
        select ($"{shape.Name}{(biases ? string.Empty : ", no biases")}", With(spec, model => shape.Shape(biases ? model : WithoutBiases(model))));
}
