namespace ILGPU;

/// <summary>Strides of one dimension.</summary>
public static class Stride1D
{
    /// <summary>Elements one behind the other.</summary>
    public readonly struct Dense : IStride1D
    {
        /// <summary>1.</summary>
        public int XStride => 1;
    }
}
