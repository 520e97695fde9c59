using System.Numerics.Tensors;

namespace TinT.Runtime.Cpu.Attention;

/// <summary>Rows of the attention matrix.</summary>
internal readonly struct AttentionScores(MatrixView q, MatrixView k, int heads, AttentionMask mask)
{
    public int Heads => heads;

    public int HeadSize => q.Columns / heads;

    public int Tokens => q.Rows;

    public float Scale => 1f / MathF.Sqrt(HeadSize);

    public ReadOnlySpan<float> Query(int row, int head) => q.Row(row).Slice(head * HeadSize, HeadSize);

    public ReadOnlySpan<float> Key(int row, int head) => k.Row(row).Slice(head * HeadSize, HeadSize);

    /// <summary>A[row, 0 … row] of a head.</summary>
    public void Row(int row, int head, Span<float> weights)
    {
        ReadOnlySpan<float> query = Query(row, head);
        float max = float.NegativeInfinity;
        for (int key = 0; key <= row; key++)
        {
            bool forbidden = !mask.IsNone && mask.Allowed.Row(row)[key] == 0;
            weights[key] = forbidden ? float.NegativeInfinity : TensorPrimitives.Dot(query, Key(key, head)) * Scale;
            max = MathF.Max(max, weights[key]);
        }

        Span<float> visible = weights[..(row + 1)];
        if (float.IsNegativeInfinity(max))
        {
            visible.Clear();
            return;
        }

        TensorPrimitives.Subtract(visible, max, visible);
        TensorPrimitives.Exp<float>(visible, visible);
        TensorPrimitives.Multiply(visible, 1f / TensorPrimitives.Sum<float>(visible), visible);
    }
}
