using System.Numerics.Tensors;

namespace TinT.Runtime.Cpu.Attention;

/// <summary>Gradients of attention; a kernel row is a head.</summary>
internal readonly unsafe struct AttentionBackward(
    Workers workers, AttentionScores scores, MatrixView v, MatrixView gradient, MatrixView dq, MatrixView dk, MatrixView dv, int firstRow) : IRowKernel
{
    public static void Run(
        Workers workers, AttentionScores scores, MatrixView v, MatrixView gradient, MatrixView dq, MatrixView dk, MatrixView dv, int firstRow) =>
        workers.Run(new AttentionBackward(workers, scores, v, gradient, dq, dk, dv, firstRow), scores.Heads, 1);

    public void Run(int firstHead, int headCount, int worker)
    {
        float* scratch = workers.WorkerScratch(worker, 2L * scores.Tokens);
        Span<float> weights = new(scratch, scores.Tokens);
        Span<float> slopes = new(scratch + scores.Tokens, scores.Tokens);
        bool exact = dq.Rows > 0;
        for (int head = firstHead; head < firstHead + headCount; head++)
        {
            for (int row = 0; row < gradient.Rows; row++)
            {
                Part(dv, row, head).Clear();
                if (exact)
                {
                    Part(dq, row, head).Clear();
                    Part(dk, row, head).Clear();
                }
            }

            for (int row = 0; row < gradient.Rows; row++)
            {
                int query = firstRow + row;
                scores.Row(query, head, weights);
                for (int key = firstRow; key <= query; key++)
                    TensorPrimitives.MultiplyAdd(Part(gradient, row, head), weights[key], Part(dv, key - firstRow, head), Part(dv, key - firstRow, head));
                if (exact)
                    ThroughScores(row, head, weights, slopes);
            }
        }
    }

    private void ThroughScores(int row, int head, ReadOnlySpan<float> weights, Span<float> slopes)
    {
        int query = firstRow + row;
        float mean = 0;
        for (int key = 0; key <= query; key++)
        {
            slopes[key] = TensorPrimitives.Dot<float>(Part(gradient, row, head), Part(v, key, head));
            mean += weights[key] * slopes[key];
        }

        for (int key = 0; key <= query; key++)
        {
            float slope = weights[key] * (slopes[key] - mean) * scores.Scale;
            TensorPrimitives.MultiplyAdd(scores.Key(key, head), slope, Part(dq, row, head), Part(dq, row, head));
            if (key >= firstRow)
                TensorPrimitives.MultiplyAdd(scores.Query(query, head), slope, Part(dk, key - firstRow, head), Part(dk, key - firstRow, head));
        }
    }

    private Span<float> Part(MatrixView matrix, int row, int head) => matrix.Row(row).Slice(head * scores.HeadSize, scores.HeadSize);
}
