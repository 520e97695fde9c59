using ILGPU.Execution;

namespace ILGPU;

/// <summary>The groups of the launch that runs.</summary>
public static class Grid
{
    /// <summary>The group, x.</summary>
    public static int IdxX => GroupRun.Current.GridIndex.X;

    /// <summary>The group, y.</summary>
    public static int IdxY => GroupRun.Current.GridIndex.Y;

    /// <summary>Groups in x.</summary>
    public static int DimX => GroupRun.Current.GridDimension.X;

    /// <summary>Groups in y.</summary>
    public static int DimY => GroupRun.Current.GridDimension.Y;

    /// <summary>The thread in the launch.</summary>
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
