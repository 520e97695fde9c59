using System.Numerics;
using TinT.Runtime.Simulation;

namespace TinT.Reference.Tape;

/// <summary>One sequence of a batch, prepared for the equations.</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class Sequence<T>
    where T : IFloatingPointIeee754<T>
{
    private readonly float[]? iclMask;
    private readonly int iclOffset;

    /// <summary>Takes a sequence out of a checked batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="index">Which sequence.</param>
    public Sequence(SimulationBatch batch, int index)
    {
        Length = batch.TokenCount;
        int start = index * Length;
        TokenIds = batch.InputIds[start..(start + Length)];
        Positions = batch.PositionIds?[start..(start + Length)] ?? [.. Enumerable.Range(0, Length)];
        IsTraining = [.. batch.TrainingMask.Skip(start).Take(Length).Select(value => value == 1)];
        TargetFactors = new T[Length];
        for (int row = 0; row + 1 < Length; row++)
        {
            float factor = batch.GradientMask?[start + row + 1] ?? 1;
            TargetFactors[row] = IsTraining[row + 1] ? T.CreateChecked(factor) : T.Zero;
        }

        Targets = [.. TokenIds.Skip(1), 0];
        iclMask = batch.IclMask;
        iclOffset = start * Length;
    }

    /// <summary>Takes a text that is learned, with targets of its own.</summary>
    /// <param name="ids">Token ids, [T].</param>
    /// <param name="positions">Positions, [T].</param>
    /// <param name="targets">What each row predicts, [T].</param>
    /// <param name="factors">Factor of each row's loss, [T].</param>
    /// <param name="visible">1 where token i may attend to token j, [T, T].</param>
    public Sequence(int[] ids, int[] positions, int[] targets, T[] factors, float[] visible)
    {
        Length = ids.Length;
        TokenIds = ids;
        Positions = positions;
        IsTraining = [.. factors.Select(_ => true)];
        Targets = targets;
        TargetFactors = factors;
        iclMask = visible;
    }

    /// <summary>Tokens T.</summary>
    public int Length { get; }

    /// <summary>Token ids, [T].</summary>
    public int[] TokenIds { get; }

    /// <summary>Positions in the position table, [T].</summary>
    public int[] Positions { get; }

    /// <summary>m: whether a token belongs to the training part, [T].</summary>
    public bool[] IsTraining { get; }

    /// <summary>What row t predicts: token t + 1, unless a text has targets of its own; meaningless where the factor is 0, [T].</summary>
    public int[] Targets { get; }

    /// <summary>
    /// Factor of the loss of row t: the gradient mask of token t + 1 if that is a training token, else 0; 0 for the last row, which predicts nothing, [T].
    /// </summary>
    public T[] TargetFactors { get; }

    /// <summary>Whether token i may attend to token j ≤ i.</summary>
    /// <param name="i">The attending token.</param>
    /// <param name="j">The token attended to.</param>
    public bool MayAttend(int i, int j) => iclMask is null || iclMask[iclOffset + i * Length + j] != 0;
}
