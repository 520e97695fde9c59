using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;
using TinT.Runtime.Cpu.Memory;

namespace TinT.Runtime.Ilgpu;

/// <summary>Transfers between buffers of the host and of the device, in parts that one span holds.</summary>
internal static class HostTransfer
{
    private const int PartLength = 1 << 26;

    /// <summary>Copies all of a host buffer to the device.</summary>
    public static void Upload(NativeBuffer source, ArrayView1D<float, Stride1D.Dense> target)
    {
        for (long first = 0; first < source.Length; first += PartLength)
        {
            Span<float> part = source.Vector(first, (int)Math.Min(PartLength, source.Length - first)).Span;
            target.SubView(first, part.Length).CopyFromCPU(ref MemoryMarshal.GetReference(part), part.Length);
        }
    }

    /// <summary>Fills a host buffer from the device.</summary>
    /// <param name="source">As much on the device.</param>
    /// <param name="target">The buffer.</param>
    /// <param name="start">The first float to be filled; those in front of it stay as they are.</param>
    public static void Download(ArrayView1D<float, Stride1D.Dense> source, NativeBuffer target, long start = 0)
    {
        for (long first = start; first < target.Length; first += PartLength)
        {
            Span<float> part = target.Vector(first, (int)Math.Min(PartLength, target.Length - first)).Span;
            source.SubView(first, part.Length).CopyToCPU(ref MemoryMarshal.GetReference(part), part.Length);
        }
    }
}
