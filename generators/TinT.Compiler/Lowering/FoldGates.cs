using TinT.Compiler.Construction;

namespace TinT.Compiler.Lowering;

/// <summary>Drops the position gates: a kernel that writes token buffers may change tokens only, a descent prefixes only.</summary>
internal static class FoldGates
{
    public static KernelProgram Run(KernelProgram program) => program.MapKernels(kernel =>
    {
        Positions written = kernel.Outputs.Count == 0 ? Positions.Prefix : Positions.Tokens;
        return kernel.Maps.Gate == written ? kernel with { Maps = kernel.Maps with { Gate = null } } : kernel;
    });
}
