namespace ILGPU;

/// <summary>Elements one behind the other.</summary>
public interface IContiguousArrayView
{
    /// <summary>Number of elements.</summary>
    long Length { get; }

    internal void Clear();
}
