namespace ILGPU;

/// <summary>How much kernels are optimised; of no effect here.</summary>
public enum OptimizationLevel
{
    /// <summary>Not.</summary>
    O0,

    /// <summary>Some.</summary>
    O1,

    /// <summary>More.</summary>
    O2,
}
