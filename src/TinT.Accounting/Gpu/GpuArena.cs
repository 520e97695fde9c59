using TinT.Compiler.Devices;
using TinT.Compiler.Emission.Ilgpu.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Specs;
using TinT.Runtime.Execution;

namespace TinT.Accounting.Gpu;

/// <summary>The working memory that a generated GPU simulator plans.</summary>
internal static class GpuArena
{
    /// <summary>Its plan.</summary>
    /// <param name="model">The model as GPU kernels run it.</param>
    public static GpuArenaPlan Of(CompiledModel model)
    {
        BufferPlan buffers = model.Buffers;
        ArenaPlan arena = new(
            buffers.TransientColumns,
            buffers.MemoryColumns,
            buffers.KeptGradientColumns,
            buffers.KeptInputColumns,
            buffers.MemorySlots,
            buffers.HeadRows,
            buffers.HeadColumns,
            model.Program.DualTokens);
        AuxiliarySpec auxiliary = model.Spec.Auxiliary;
        return new GpuArenaPlan(arena, AttentionBackwardKernels.StatisticsColumns(model), GroupTiles.HeadRows(auxiliary.VocabularySize), HeadKernels.Parts(model), auxiliary.Model.EmbeddingSize, model.Program.DualTokens, model.Program.DualTokens);
    }
}
