using TinT.Compiler.Specs;
using TinT.Model;
using TinT.Model.Architectures;
using TinT.Model.Parameters;

namespace TinT.Compiler.Layout;

/// <summary>Where the parameters of modules lie in a checkpoint, by the table of the architecture.</summary>
internal static class CheckpointTensors
{
    /// <summary>Rows and columns of a parameter; a vector is one row.</summary>
    public static (int Rows, int Columns) Shape(AuxiliarySpec auxiliary, string module, ParameterField field) =>
        Role(module, field).Shape(auxiliary.Architecture.Value, auxiliary.Sizes);

    /// <summary>Whether a module is a norm.</summary>
    public static bool IsNorm(string module) => ParameterRoles.Find(module, ParameterField.Gain) is not null;

    /// <summary>The place of a parameter.</summary>
    public static TensorSource Source(AuxiliarySpec auxiliary, string module, ParameterField field)
    {
        Architecture architecture = auxiliary.Architecture.Value;
        ModelSizes sizes = auxiliary.Sizes;
        ParameterRole role = Role(module, field);
        StoredTensor tensor = architecture.TensorOf(role.Kind);
        int[] shape = architecture.ShapeOf(tensor, sizes);
        int first = tensor.Parts.TakeWhile(part => part != role.Kind).Sum(part => Outputs(ParameterRoles.Of(part), architecture, sizes));
        return shape.Length == 1
            ? new TensorSource(tensor.Name, 1, shape[0], Vector: true, Transposed: false, first)
            : new TensorSource(tensor.Name, shape[0], shape[1], Vector: false, tensor.Transposed, first);
    }

    private static ParameterRole Role(string module, ParameterField field) =>
        ParameterRoles.Find(module, field) ?? throw new InvalidOperationException($"{module} has no {field}.");

    private static int Outputs(ParameterRole role, Architecture architecture, ModelSizes sizes)
    {
        (int rows, int columns) = role.Shape(architecture, sizes);
        return role.IsMatrix ? rows : columns;
    }
}
