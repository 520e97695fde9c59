using ILGPU;
using Ilgpu.Checker.Execution;

namespace Ilgpu.Checker.Kernels;

/// <summary>What stands in kernels for the members of <see cref="Grid"/> of the same names.</summary>
internal static class CheckedGrid
{
    public static int IdxX => GroupRun.Current.GridIndex.X;

    public static int IdxY => GroupRun.Current.GridIndex.Y;

    public static int IdxZ => GroupRun.Current.GridIndex.Z;

    public static int DimX => GroupRun.Current.GridDimension.X;

    public static int DimY => GroupRun.Current.GridDimension.Y;

    public static int DimZ => GroupRun.Current.GridDimension.Z;

    public static Index3D GlobalIndex
    {
        get
        {
            GroupRun run = GroupRun.Current;
            return new Index3D(
                (run.GridIndex.X * run.GroupDimension.X) + run.GroupIndex.X,
                (run.GridIndex.Y * run.GroupDimension.Y) + run.GroupIndex.Y,
                (run.GridIndex.Z * run.GroupDimension.Z) + run.GroupIndex.Z);
        }
    }
}
