using TinT.Compiler.Emission;
using TinT.Compiler.Emission.Ilgpu;
using TinT.Compiler.Layout;
using TinT.Compiler.Specs;
using TinT.Runtime.Execution;

namespace TinT.Accounting.Gpu;

/// <summary>The working memory that a generated GPU simulator plans.</summary>
internal static class GpuArena
{
    /// <summary>Its plan.</summary>
    /// <param name="model">The model as GPU kernels run it.</param>
    public static GpuArenaPlan Of(CompiledModel model) => new(
        model.Buffers.ColumnsPerToken(UpdateForm.Primal, steps: 1),
        GpuModel.StatisticsColumns(model),
        GroupTiles.HeadRows(model.Spec.Auxiliary.VocabularySize),
        model.Spec.Auxiliary.VocabularySize,
        model.Spec.Auxiliary.HiddenSize);
}
