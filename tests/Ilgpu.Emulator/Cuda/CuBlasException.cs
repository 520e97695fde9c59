namespace ILGPU.Runtime.Cuda;

/// <summary>cuBLAS refused a call.</summary>
/// <param name="errorCode">What it answered.</param>
public sealed class CuBlasException(CuBlasStatus errorCode) : Exception
{
    /// <summary>What it answered.</summary>
    public CuBlasStatus Error => errorCode;
}
