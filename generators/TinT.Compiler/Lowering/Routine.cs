using TinT.Model.Runs;

namespace TinT.Compiler.Lowering;

/// <summary>Kernels run one after another.</summary>
/// <param name="Kind">Which routine it is.</param>
/// <param name="Kernels">Its kernels, in order.</param>
public sealed record Routine(RoutineKind Kind, EquatableArray<Kernel> Kernels)
{
    /// <summary>Whether a kernel's result is read by what comes behind the routine only, such as by the layer below a block. What is copied is kept for later steps.</summary>
    /// <param name="index">Place of the kernel.</param>
    public bool LeavesBlock(int index)
    {
        EquatableArray<Operand> outputs = Kernels[index].Outputs;
        return outputs.Count > 0 && Kernels[index].Kind != KernelKind.Copy && Kernels.Skip(index + 1).All(
            k => k.Reads.All(r => outputs.All(o => o.Buffer != r.Buffer)));
    }
}
