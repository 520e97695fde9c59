using System.ComponentModel;
using TinT.Model.Runs;

namespace TinT.Runtime.Execution;

/// <summary>Rows of the sequences that run together of which a pass through the head wants the loss and neither logits nor gradient.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LossOnlyRows
{
    private SequenceRun[] runs = [];
    private int[] tokens = [];
    private int[] rows = [];
    private int[] targets = [];
    private float[] losses = [];
    private int count;

    /// <summary>Rows among those of all sequences.</summary>
    public ReadOnlySpan<int> Rows => rows.AsSpan(0, count);

    /// <summary>Id that each of them predicts.</summary>
    public ReadOnlySpan<int> Targets => targets.AsSpan(0, count);

    /// <summary>Room for the loss of each of them, in nats.</summary>
    public Span<float> Losses => losses.AsSpan(0, count);

    /// <summary>Hands the losses to the sequences.</summary>
    /// <param name="pass">The pass.</param>
    public void Record(HeadPass pass)
    {
        for (int index = 0; index < count; index++)
            runs[index].RecordLoss(pass, tokens[index], losses[index]);
    }

    /// <summary>Begins anew.</summary>
    /// <param name="most">Most rows there will be; memory grows to the most ever.</param>
    internal void Clear(int most)
    {
        count = 0;
        if (most <= rows.Length)
            return;
        runs = new SequenceRun[most];
        tokens = new int[most];
        rows = new int[most];
        targets = new int[most];
        losses = new float[most];
    }

    /// <summary>Adds the row of a token.</summary>
    internal void Add(SequenceRun run, int token)
    {
        runs[count] = run;
        tokens[count] = token;
        rows[count] = (run.Place * run.Tokens) + token;
        targets[count] = run.Target(token);
        count++;
    }
}
