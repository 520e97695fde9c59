using ILGPU.Execution;

namespace ILGPU.Runtime;

/// <summary>Device memory.</summary>
/// <typeparam name="TView">View of all of it.</typeparam>
public abstract class MemoryBuffer<TView> : IContiguousArrayView, IDisposable
    where TView : struct
{
    private protected MemoryBuffer(MemoryBlock block) => Block = block;

    /// <summary>Number of elements.</summary>
    public long Length => Block.Length;

    /// <summary>All of it.</summary>
    public abstract TView View { get; }

    internal MemoryBlock Block { get; }

    void IContiguousArrayView.Clear() => Block.Clear();

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        Block.Free();
        GC.SuppressFinalize(this);
    }
}
