using System.Numerics.Tensors;

namespace TinT.Runtime.Cpu.Attention;

/// <summary>output = A v; a kernel row is a head.</summary>
internal readonly unsafe struct AttentionForward(Workers workers, AttentionScores scores, MatrixView v, MatrixView output) : IRowKernel
{
    public static void Run(Workers workers, AttentionScores scores, MatrixView v, MatrixView output) =>
        workers.Run(new AttentionForward(workers, scores, v, output), scores.Heads, 1);

    public void Run(int firstRow, int rowCount, int worker)
    {
        Span<float> weights = new(workers.WorkerScratch(worker, scores.Tokens), scores.Tokens);
        for (int head = firstRow; head < firstRow + rowCount; head++)
        {
            for (int row = 0; row < scores.Tokens; row++)
            {
                scores.Row(row, head, weights);
                Span<float> result = output.Row(row).Slice(head * scores.HeadSize, scores.HeadSize);
                result.Clear();
                for (int key = 0; key <= row; key++)
                    TensorPrimitives.MultiplyAdd(v.Row(key).Slice(head * scores.HeadSize, scores.HeadSize), weights[key], result, result);
            }
        }
    }
}
