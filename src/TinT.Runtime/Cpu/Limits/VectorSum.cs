using System.Numerics.Tensors;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Cpu.Threads;

namespace TinT.Runtime.Cpu.Limits;

/// <summary>Adds one long vector to another: two floats come from memory and one goes there for each element. A kernel row is a stretch of them.</summary>
internal readonly struct VectorSum(VectorView addend, VectorView sum, int stretch) : IRowKernel
{
    public void Run(int firstRow, int rowCount, int worker)
    {
        for (int row = firstRow; row < firstRow + rowCount; row++)
        {
            Span<float> to = sum.Slice(row * stretch, stretch).Span;
            TensorPrimitives.Add(addend.Slice(row * stretch, stretch).Span, to, to);
        }
    }
}
