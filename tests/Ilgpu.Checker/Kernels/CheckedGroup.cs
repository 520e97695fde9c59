using ILGPU;
using Ilgpu.Checker.Execution;

namespace Ilgpu.Checker.Kernels;

/// <summary>What stands in kernels for the members of <see cref="Group"/> of the same names. Barriers are none of them: the rewriter makes them suspensions.</summary>
internal static class CheckedGroup
{
    public static int IdxX => GroupRun.Current.GroupIndex.X;

    public static int IdxY => GroupRun.Current.GroupIndex.Y;

    public static int IdxZ => GroupRun.Current.GroupIndex.Z;

    public static int DimX => GroupRun.Current.GroupDimension.X;

    public static int DimY => GroupRun.Current.GroupDimension.Y;

    public static int DimZ => GroupRun.Current.GroupDimension.Z;
}
