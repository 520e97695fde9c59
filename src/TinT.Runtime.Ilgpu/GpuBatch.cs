using ILGPU;
using ILGPU.Runtime;
using TinT.Runtime.Execution;
using TinT.Runtime.Simulation;

namespace TinT.Runtime.Ilgpu;

/// <summary>A batch on the device: what kernels read of it, and what they write of the result.</summary>
internal sealed class GpuBatch : IDisposable
{
    /// <summary>Floats that a row's loss is computed from: the largest logit, Σ exp(logit − largest), and the target's logit.</summary>
    public const int LossColumns = 3;

    private readonly List<IDisposable> buffers = [];
    private readonly Accelerator accelerator;

    /// <summary>Uploads a batch.</summary>
    public GpuBatch(Accelerator accelerator, SimulationBatch batch, SequenceRun run, long logits)
    {
        this.accelerator = accelerator;
        int length = batch.BatchSize * batch.TokenCount;
        var positions = new int[length];
        var targets = new int[length];
        var gradientWeights = new float[length];
        var targetWeights = new float[length];
        var receiving = new float[length];
        for (int sequence = 0; sequence < batch.BatchSize; sequence++)
        {
            run.Begin(batch, sequence, place: 0, firstGradientRow: 0);
            for (int row = 0; row < batch.TokenCount; row++)
            {
                int index = (sequence * batch.TokenCount) + row;
                positions[index] = run.Position(row);
                targets[index] = run.Target(row);
                gradientWeights[index] = run.GradientWeight(row);
                targetWeights[index] = run.TargetWeight(row);
                receiving[index] = run.ReceivesGradients(row) ? 1 : 0;
            }
        }

        TokenIds = Upload(batch.InputIds);
        Positions = Upload(positions);
        Targets = Upload(targets);
        GradientWeights = Upload(gradientWeights);
        TargetWeights = Upload(targetWeights);
        Trained = Upload(receiving);
        Masked = batch.IclMask is not null;
        Mask = Upload(batch.IclMask ?? [1f]);
        LossesBefore = Allocate((long)length * LossColumns);
        LossesBetween = Allocate((long)batch.TokenCount * LossColumns);
        LossesAfter = Allocate((long)length * LossColumns);
        LogitsBefore = Allocate(logits);
        LogitsAfter = Allocate(logits);
    }

    public MemoryBuffer1D<int, Stride1D.Dense> TokenIds { get; }

    public MemoryBuffer1D<int, Stride1D.Dense> Positions { get; }

    public MemoryBuffer1D<int, Stride1D.Dense> Targets { get; }

    public MemoryBuffer1D<float, Stride1D.Dense> GradientWeights { get; }

    public MemoryBuffer1D<float, Stride1D.Dense> TargetWeights { get; }

    public MemoryBuffer1D<float, Stride1D.Dense> Trained { get; }

    public bool Masked { get; }

    public MemoryBuffer1D<float, Stride1D.Dense> Mask { get; }

    public MemoryBuffer1D<float, Stride1D.Dense> LossesBefore { get; }

    public MemoryBuffer1D<float, Stride1D.Dense> LossesBetween { get; }

    public MemoryBuffer1D<float, Stride1D.Dense> LossesAfter { get; }

    public MemoryBuffer1D<float, Stride1D.Dense> LogitsBefore { get; }

    public MemoryBuffer1D<float, Stride1D.Dense> LogitsAfter { get; }

    /// <summary>Losses of the tokens, in nats, from what the device has of each row; a sequence's first token has none.</summary>
    public static float[] Losses(MemoryBuffer1D<float, Stride1D.Dense> rows, int tokens)
    {
        float[] values = rows.GetAsArray1D();
        var losses = new float[values.Length / LossColumns];
        for (int row = 0; row < losses.Length; row++)
        {
            if ((row + 1) % tokens == 0)
                continue;
            ReadOnlySpan<float> parts = values.AsSpan(row * LossColumns, LossColumns);
            losses[row + 1] = (float)(Math.Log(parts[1]) - ((double)parts[2] - parts[0]));
        }

        return losses;
    }

    /// <summary>The rows of logits that a result holds of each sequence, the last ones.</summary>
    public static float[] LastRows(MemoryBuffer1D<float, Stride1D.Dense> logits, SimulationBatch batch, RunOptions options, int vocabulary)
    {
        int length = options.CountLogitRows(batch.TokenCount) * vocabulary;
        int whole = batch.TokenCount * vocabulary;
        var rows = new float[batch.BatchSize * length];
        for (int sequence = 0; sequence < batch.BatchSize; sequence++)
            logits.View.SubView(((sequence + 1L) * whole) - length, length).CopyToCPU(ref rows[sequence * length], length);
        return rows;
    }

    public void Dispose()
    {
        foreach (IDisposable buffer in buffers)
            buffer.Dispose();
    }

    private MemoryBuffer1D<T, Stride1D.Dense> Upload<T>(T[] values)
        where T : unmanaged
    {
        MemoryBuffer1D<T, Stride1D.Dense> buffer = accelerator.Allocate1D<T>(values.Length);
        buffers.Add(buffer);
        buffer.CopyFromCPU(values);
        return buffer;
    }

    /// <summary>At least one float, since not every driver allocates none.</summary>
    private MemoryBuffer1D<float, Stride1D.Dense> Allocate(long length)
    {
        MemoryBuffer1D<float, Stride1D.Dense> buffer = accelerator.Allocate1D<float>(Math.Max(1, length));
        buffers.Add(buffer);
        return buffer;
    }
}
