using TinT.Runtime.Cpu.Memory;

namespace TinT.Benchmarks.Timing;

/// <summary>Fills operands, so that the arithmetic is on ordinary numbers.</summary>
internal static class RandomContents
{
    /// <summary>Uniform in [−½, ½), the same every time.</summary>
    public static void Fill(MatrixView matrix)
    {
        Random random = new(matrix.Rows);
        for (int row = 0; row < matrix.Rows; row++)
        {
            foreach (ref float element in matrix.Row(row))
                element = random.NextSingle() - 0.5f;
        }
    }
}
