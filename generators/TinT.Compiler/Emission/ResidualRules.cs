using TinT.Compiler.Lowering;

namespace TinT.Compiler.Emission;

/// <summary>Which kernels a writer lets add a buffer to their output; of all others it would silently be left out.</summary>
internal static class ResidualRules
{
    /// <summary>Kernels whose residual the writer does not print, one sentence each.</summary>
    /// <param name="program">The program.</param>
    /// <param name="target">What the writer's code is for, in words.</param>
    /// <param name="adding">Kinds of kernels that add any buffer. Linear attention adds to its own output only, which every writer prints.</param>
    public static IReadOnlyList<string> Violations(KernelProgram program, string target, params KernelKind[] adding) =>
        [.. program.Kernels
            .Where(kernel => kernel.Residual is { } residual
                && !adding.Contains(kernel.Kind)
                && !(kernel.Kind == KernelKind.LinearAttention && residual == kernel.Outputs[0]))
            .Select(kernel => $"{kernel.Kind} of {kernel.Module} adds {kernel.Residual!.Buffer}, which code {target} does not.")];
}
