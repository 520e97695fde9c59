using TinT.Compiler.Layout;

namespace TinT.Accounting.Gpu;

/// <summary>Whether a model's runs fit a device's memory.</summary>
/// <param name="Model">The model.</param>
/// <param name="Parameters">Floats of its stored weights.</param>
/// <param name="Context">Its context length.</param>
/// <param name="Memory">Device memory of one sequence as long as the context.</param>
/// <param name="MostTokens">The most tokens of one sequence that fit, up to the context length; 0 if not even one does.</param>
public sealed record GpuFit(string Model, long Parameters, int Context, GpuMemory Memory, int MostTokens)
{
    /// <summary>Whether the whole context fits.</summary>
    public bool IsWhole => MostTokens == Context;

    /// <summary>Plans the memory of a model.</summary>
    /// <param name="model">The model as GPU kernels run it.</param>
    /// <param name="profile">The device.</param>
    public static GpuFit Of(CompiledModel model, GpuProfile profile)
    {
        ArgumentNullException.ThrowIfNull(model);
        int context = model.Spec.Auxiliary.MaxPositionEmbeddings;
        return new GpuFit(model.Name, model.Parameters.StoredLength, context, GpuMemory.Of(model, context, batchSize: 1, model.Spec.Training.Steps), GpuMemory.MostTokens(model, profile));
    }
}
