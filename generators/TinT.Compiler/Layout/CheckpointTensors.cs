using TinT.Model.Architectures;
using TinT.Model.Parameters;

namespace TinT.Compiler.Layout;

/// <summary>Where the parameters of modules lie in a checkpoint, by the table of the architecture.</summary>
internal static class CheckpointTensors
{
    /// <summary>Rows and columns of a parameter; a vector is one row.</summary>
    public static (int Rows, int Columns) Shape(AuxiliaryDescription model, string module, ParameterField field) => Role(module, field).Shape(model);

    /// <summary>Whether a module is a norm.</summary>
    public static bool IsNorm(string module) => ParameterRoles.Find(module, ParameterField.Gain) is not null;

    /// <summary>The place of a parameter.</summary>
    public static TensorSource Source(AuxiliaryDescription model, string module, ParameterField field)
    {
        ParameterRole role = Role(module, field);
        StoredTensor tensor = model.Family().TensorOf(model, role.Kind);
        int[] shape = tensor.Shape(model);
        (int rows, int columns) = role.Shape(model);
        return new TensorSource(tensor.Name, shape.ToEquatableArray(), tensor.Transposed && shape.Length == 2, tensor.RowsOf(model, role.Kind), tensor.Offset, role.IsMatrix ? rows : columns);
    }

    private static ParameterRole Role(string module, ParameterField field) =>
        ParameterRoles.Find(module, field) ?? throw new InvalidOperationException($"{module} has no {field}.");
}
