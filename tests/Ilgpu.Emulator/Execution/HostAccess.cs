namespace ILGPU.Execution;

/// <summary>Elements that the host transfers.</summary>
/// <typeparam name="T">Type of the elements.</typeparam>
/// <param name="block">The memory; <see langword="null"/> for no elements.</param>
/// <param name="offset">First element.</param>
/// <param name="length">Number of elements.</param>
internal readonly struct HostAccess<T>(MemoryBlock? block, long offset, long length)
    where T : unmanaged
{
    public void Write(ReadOnlySpan<T> data)
    {
        if (block is not null)
            data.CopyTo(block.WrittenByHost<T>(offset, length));
    }

    public void Read(Span<T> data) => block?.ReadByHost<T>(offset, length).CopyTo(data);

    public void Clear()
    {
        if (block is not null)
            block.WrittenByHost<T>(offset, length).Clear();
    }
}
