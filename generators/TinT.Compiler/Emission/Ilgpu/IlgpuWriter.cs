using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu;

/// <summary>Writes <c>Model.WideIlgpuKernels.g.cs</c> and <c>Model.NarrowIlgpuKernels.g.cs</c>: every GPU kernel of the program, for wide and for narrow groups.</summary>
internal static class IlgpuWriter
{
    /// <summary>One file for each class of devices.</summary>
    public static IEnumerable<GeneratedSource> Write(CompiledModel model)
    {
        IReadOnlyList<IlgpuKernel> kernels = IlgpuKernels.All(model);
        foreach (GroupTile tile in GroupTiles.All)
        {
            CodeWriter code = SourceFile.Begin(
                model, ["System.Runtime.CompilerServices", "ILGPU", "ILGPU.Algorithms", "ILGPU.Runtime"], $"{model.Name}Layout");
            WriteClass(code, model, tile, kernels);
            yield return new GeneratedSource($"{model.Name}.{tile.Name}IlgpuKernels.g.cs", code.ToString());
        }
    }

    /// <summary>What a program has that the code for GPUs would leave out, one sentence each; empty for what can be written.</summary>
    public static IReadOnlyList<string> Unwritable(KernelProgram program) =>
    [
        .. Unwritten.Residuals(program, "for GPUs", kind => kind is KernelKind.Linear or KernelKind.LinearBackward or KernelKind.NormBackward),
        .. Unwritten.Biases(program, "for GPUs", kind => kind is KernelKind.LayerNorm or KernelKind.Linear),
    ];

    private static void WriteClass(CodeWriter code, CompiledModel model, GroupTile tile, IReadOnlyList<IlgpuKernel> kernels)
    {
        ProductTile product = tile.Product;
        string slices = product.Slices == 1 ? string.Empty : $", with {product.Slices} slices of threads that share the terms";
        code.Doc("summary", $"GPU kernels of {model.Name} for groups of {tile.Threads} threads, in the order in which a run first launches them.");
        code.Doc(
            "remarks",
            "T is the number of tokens, R the number of rows from the first to the last training token. A group of a product computes\n"
            + $"{product.Rows} × {product.Columns} elements, {product.BlockRows} × {product.BlockColumns} in each thread's registers{slices}, from {product.Depth} terms at a time in shared memory:\n"
            + $"{Decimal(product.GlobalIntensity)} operations for each byte of global memory, {Decimal(product.SharedIntensity)} multiply-adds for each float of shared memory, {Integer(4 * product.SharedFloats)} bytes of it.\n"
            + $"Tiles of attention are {tile.Size} × {tile.Size}, {tile.BlockRows} × {tile.BlockColumns} in each thread, with up to {Integer(4 * tile.AttentionFloats)} bytes of shared memory.");
        code.Block($"internal static class {model.Name}{tile.Name}IlgpuKernels", () =>
        {
            IlgpuHelpers.WriteSizes(code, tile);
            code.Doc("summary", "1 / sqrt(head size), the factor of attention scores.");
            code.Line($"private const float AttentionScale = {Float(1 / Math.Sqrt(model.Spec.Auxiliary.HeadSize))};\n");
            code.Separated(kernels, kernel => WriteKernel(code, model, tile, kernel));
            code.Line();
            foreach (IlgpuKernel kernel in kernels.Where(kernel => kernel.Finish is not null))
            {
                kernel.Finish!(code);
                code.Line();
            }

            IlgpuActivations.Write(code, model);
            code.Line();
            AttentionText.WriteMethods(code);
            code.Line();
            IlgpuAttentionBackward.WriteMethods(code);
            code.Line();
            if (model.Program.HasDual)
            {
                IlgpuLinearAttention.WriteMethods(code);
                code.Line();
            }

            IlgpuHelpers.WriteMethods(code);
        });
    }

    private static void WriteKernel(CodeWriter code, CompiledModel model, GroupTile tile, IlgpuKernel kernel)
    {
        code.Doc("summary", kernel.Formula);
        code.Doc("remarks", $"{kernel.Construction} Asked for at {model.FileName}, line {kernel.Origin.Start.Line}.");
        foreach (IlgpuParameter parameter in kernel.Parameters)
            code.Doc("param", parameter.Doc, $" name=\"{parameter.Name}\"");
        code.Line($"public static void {kernel.Name}(");
        code.Indented(() => code.Line(string.Join(",\n", kernel.Parameters.Select(parameter => $"{parameter.Type} {parameter.Name}")) + ")"));
        code.Line("{");
        code.Indented(() => kernel.Body(code, tile));
        code.Line("}");
    }

    private static string Decimal(double value) => value.ToString("0.#", System.Globalization.CultureInfo.InvariantCulture);
}
