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

        iclMask = batch.IclMask;
        iclOffset = start * Length;
    }

    /// <summary>Tokens T.</summary>
    public int Length { get; }

    /// <summary>Token ids, [T].</summary>
    public int[] TokenIds { get; }

    /// <summary>Positions in the position table, [T].</summary>
    public int[] Positions { get; }

    /// <summary>m: whether a token belongs to the training part, [T].</summary>
    public bool[] IsTraining { get; }

    /// <summary>
    /// Factor of the loss of row t, which predicts token t + 1: the gradient mask of token t + 1 if that is a training token, else 0; 0
    /// for the last row, which predicts nothing, [T].
    /// </summary>
    public T[] TargetFactors { get; }

    /// <summary>Whether token i may attend to token j ≤ i.</summary>
    /// <param name="i">The attending token.</param>
    /// <param name="j">The token attended to.</param>
    public bool MayAttend(int i, int j) => iclMask is null || iclMask[iclOffset + i * Length + j] != 0;
}
