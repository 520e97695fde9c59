namespace TinT.Runtime.Ilgpu.Kernels.Groups;

/// <summary>How the threads of a group share a tile of sums: each has elements at equal distances, from its own place on.</summary>
internal interface ITile
{
    /// <summary>Rows that each thread has.</summary>
    static abstract int BlockRows { get; }

    /// <summary>Columns that each thread has.</summary>
    static abstract int BlockColumns { get; }

    /// <summary>Rows from one of a thread's to the next.</summary>
    static abstract int RowStep { get; }

    /// <summary>Columns from one of a thread's to the next.</summary>
    static abstract int ColumnStep { get; }
}
