namespace ILGPU.Runtime.Cuda;

/// <summary>What cuBLAS answers.</summary>
public enum CuBlasStatus
{
    /// <summary>It did what it was asked for.</summary>
    CUBLAS_STATUS_SUCCESS = 0,

    /// <summary>A size or a stride makes no sense.</summary>
    CUBLAS_STATUS_INVALID_VALUE = 7,

    /// <summary>It cannot do this.</summary>
    CUBLAS_STATUS_NOT_SUPPORTED = 15,
}
