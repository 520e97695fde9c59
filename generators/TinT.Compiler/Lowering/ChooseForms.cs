using TinT.Compiler.Devices;
using TinT.Compiler.Specs;

namespace TinT.Compiler.Lowering;

/// <summary>Says which runs of a target use which form of the update, and takes away kernels of a form that none of them uses.</summary>
internal static class ChooseForms
{
    public static KernelProgram ForProcessor(KernelProgram program)
    {
        int tokens = ChooseUpdate.DualTokens(program);
        return Keep(program, tokens, tokens);
    }

    public static KernelProgram ForGpus(KernelProgram program) =>
        Keep(program, ChooseGpuUpdate.DualTokens(program, GpuClass.Small), ChooseGpuUpdate.DualTokens(program, GpuClass.Large));

    public static KernelProgram ForAll(KernelProgram program)
    {
        int[] tokens =
            [ChooseUpdate.DualTokens(program), ChooseGpuUpdate.DualTokens(program, GpuClass.Small), ChooseGpuUpdate.DualTokens(program, GpuClass.Large)];
        return Keep(program, tokens.Max(), tokens.Min());
    }

    private static KernelProgram Keep(KernelProgram program, int tokens, int largeGpuTokens)
    {
        KernelProgram chosen = program with { DualTokens = tokens, LargeGpuDualTokens = largeGpuTokens };
        return chosen.MapRoutines(routine => routine.Kernels.Where(kernel =>
            (chosen.HasPrimal || kernel.Form != UpdateForm.Primal) && (chosen.HasDual || kernel.Form != UpdateForm.Dual)));
    }
}
