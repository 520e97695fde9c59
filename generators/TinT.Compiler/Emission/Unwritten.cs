using TinT.Compiler.Lowering;

namespace TinT.Compiler.Emission;

/// <summary>What a program has that a writer's code would silently leave out.</summary>
internal static class Unwritten
{
    /// <summary>Kernels whose residual the writer does not print, one sentence each.</summary>
    /// <param name="program">The program.</param>
    /// <param name="target">What the writer's code is for, in words.</param>
    /// <param name="adding">Kinds of kernels that add any buffer. Linear attention adds to its own output only, which every writer prints.</param>
    public static IEnumerable<string> Residuals(KernelProgram program, string target, Func<KernelKind, bool> adding) =>
        program.Kernels
            .Where(kernel => kernel.Residual is { } residual
                && !adding(kernel.Kind)
                && !(kernel.Kind == KernelKind.LinearAttention && residual == kernel.Outputs[0]))
            .Select(kernel => $"{kernel.Kind} of {kernel.Module} adds {kernel.Residual!.Buffer}, which code {target} does not.");
}
