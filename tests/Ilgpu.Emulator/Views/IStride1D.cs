namespace ILGPU;

/// <summary>A stride of one dimension.</summary>
public interface IStride1D
{
    /// <summary>Elements from one index to the next.</summary>
    int XStride { get; }
}
