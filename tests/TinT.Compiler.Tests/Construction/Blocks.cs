using TinT.Compiler.Specs;
using TinT.Compiler.Tests.Lowering;
using TinT.Model.Architectures;
using TinT.Model.Parameters;

namespace TinT.Compiler.Tests.Construction;

/// <summary>Specs of blocks of every shape, be there an architecture of it or not.</summary>
internal static class Blocks
{
    public static IEnumerable<(string Name, Func<Architecture, Architecture> Shape)> Shapes =>
    [
        ("pre-norm", architecture => architecture),
        ("post-norm", architecture => architecture with { NormPlacement = NormPlacement.Post }),
        ("parallel", architecture => architecture with { Block = BlockShape.Parallel }),
    ];

    public static ModelSpec With(ModelSpec spec, Func<Architecture, Architecture> shape) => spec with
    {
        Auxiliary = spec.Auxiliary with { Architecture = new(shape(spec.Auxiliary.Architecture), default) },
    };

    /// <summary>An architecture whose linear maps have no biases.</summary>
    public static Architecture WithoutBiases(Architecture architecture) => architecture with
    {
        Tensors = [.. architecture.Tensors.Where(tensor => ParameterRoles.Of(tensor.Parts[0]) is not { Field: ParameterField.Bias } role || role.Module.Contains("norm"))],
    };

    /// <summary>Specs of every shape with every combination of training options.</summary>
    public static IEnumerable<(string Name, ModelSpec Spec)> All() =>
        from spec in TestSpecs.All()
        from shape in Shapes
        from biases in new[] { true, false }
        select ($"{shape.Name}{(biases ? string.Empty : ", no biases")}", With(spec, architecture => shape.Shape(biases ? architecture : WithoutBiases(architecture))));
}
