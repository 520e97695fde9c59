namespace ILGPU.Runtime.Cuda;

/// <summary>What cuBLAS does to an operand before it multiplies.</summary>
public enum CuBlasOperation
{
    /// <summary>Nothing.</summary>
    NonTranspose = 0,

    /// <summary>It takes the transpose.</summary>
    Transpose = 1,

    /// <summary>It takes the conjugate transpose.</summary>
    ConjugateTranspose = 2,
}
