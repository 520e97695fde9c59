namespace ILGPU;

/// <summary>An index or extent of any dimension.</summary>
public interface IIndex
{
    /// <summary>Number of elements that it spans as an extent.</summary>
    long Size { get; }
}
