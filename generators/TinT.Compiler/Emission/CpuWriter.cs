using TinT.Compiler.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;

namespace TinT.Compiler.Emission;

/// <summary>Writes <c>Model.CpuKernels.g.cs</c>: every kernel of the program once, with its formula and the shapes it works on.</summary>
internal static class CpuWriter
{
    public static GeneratedSource Write(CompiledModel model)
    {
        CodeWriter code = SourceFile.Begin(
            model,
            ["System", "System.Numerics.Tensors", "TinT.Model.Runs", "TinT.Runtime.Cpu", "TinT.Runtime.Cpu.Attention", "TinT.Runtime.Cpu.Memory", "TinT.Runtime.Cpu.Threads", "TinT.Runtime.Execution", "TinT.Runtime.Formulas"],
            $"{model.Name}Layout");
        code.Doc("summary", $"CPU kernels of {model.Name}, in the order in which a run first calls them.");
        code.Doc(
            "remarks",
            "T is the number of tokens, R the number of rows from the first to the last training token; of all sequences that run together\n"
            + "where a kernel is not called for each. A row kernel runs on\n"
            + "stretches of rows, shared between threads; products share their tiles. No result depends on the number of threads.");
        code.Block($"internal static class {model.Name}CpuKernels", () =>
        {
            Kernel[] kernels = [.. model.Program.Kernels.GroupBy(KernelNames.Of).Select(g => g.First())];
            code.Separated(kernels, kernel => KernelForm.Of(kernel.Kind).Write(code, model, kernel));
        });
        return new GeneratedSource($"{model.Name}.CpuKernels.g.cs", code.ToString());
    }

    /// <summary>What a program has that the code for processors would leave out, one sentence each; empty for what can be written.</summary>
    public static IReadOnlyList<string> Unwritable(KernelProgram program) =>
        [.. Unwritten.Residuals(program, "for processors", kind => KernelForm.Of(kind).AddsResidual)];
}
