namespace TinT.Compiler.Lowering;

/// <summary>
/// Drops the zeros and the copies of the bias that fill up each prefix embedding. Rows then follow each other and the
/// prefixes are an ordinary row-major [out, in] matrix.
/// </summary>
internal static class FoldPadding
{
    public static KernelProgram Run(KernelProgram program) => program.MapKernels(kernel =>
    {
        if (kernel.Maps.Address is not { } address)
            return kernel;
        PrefixAddress packed = address with { PrefixStride = address.Sharding * address.RowLength };
        return packed.IsDense ? kernel with { Maps = kernel.Maps with { Address = null } } : kernel;
    });
}
