using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Cpu.Threads;
using TinT.Runtime.Cpu.Tiles;

namespace TinT.Runtime.Cpu.Attention;

/// <summary>One worker's memory for the backward pass of a head.</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
internal readonly unsafe struct AttentionBackwardMemory<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>Floats that a worker needs.</summary>
    public static long LengthOf(int tokens, int rows, int headSize, bool exact, bool capped)
    {
        int queries = AttentionScores.BlockRows;
        PackedRight block = PackedRight.Plan<TLanes>(headSize, queries);
        long width = block.PanelCount * block.PanelWidth;
        long strip = rows * width;
        long keys = PackedRight.Plan<TLanes>(tokens, headSize).Length;
        long weights = new PackedLeft(queries, tokens).Length;
        long values = keys + weights + block.Length + strip;
        long scores = keys + weights + PackedRight.Plan<TLanes>(headSize, tokens).Length + strip + (queries * width);
        return values + (exact ? scores : 0) + (exact && capped ? weights : 0);
    }

    public AttentionBackwardMemory(Workers workers, int worker, AttentionScores scores, AttentionGradients gradients)
    {
        int queries = AttentionScores.BlockRows;
        int rows = gradients.Output.Rows;
        PackedRight block = PackedRight.Plan<TLanes>(scores.HeadSize, queries);
        int width = block.PanelCount * block.PanelWidth;
        StripLength = rows * width;

        long keys = scores.TransposedLayout<TLanes>().Length;
        long weights = new PackedLeft(queries, scores.Tokens).Length;

        Keys = workers.WorkerScratch(worker, LengthOf(scores.Tokens, rows, scores.HeadSize, gradients.Exact, scores.IsCapped));
        Weights = Keys + keys;
        Rows = Weights + weights;
        ToValues = Rows + block.Length;
        Values = ToValues + StripLength;
        Slopes = Values + keys;
        KeyRows = Slopes + weights;
        ToKeys = KeyRows + scores.RowsLayout<TLanes>().Length;
        ToQueries = ToKeys + StripLength;
        CapSlopes = gradients.Exact && scores.IsCapped ? ToQueries + (queries * width) : null;
    }

    /// <summary>Floats of <see cref="ToValues"/> and of <see cref="ToKeys"/>.</summary>
    public int StripLength { get; }

    /// <summary>Packed keys, transposed.</summary>
    public float* Keys { get; }

    /// <summary>Rows of A, later of dS.</summary>
    public float* Weights { get; }

    /// <summary>Packed gradients of a block, later its packed queries.</summary>
    public float* Rows { get; }

    /// <summary>dv so far.</summary>
    public float* ToValues { get; }

    /// <summary>Packed values, transposed.</summary>
    public float* Values { get; }

    /// <summary>Rows of dA.</summary>
    public float* Slopes { get; }

    /// <summary>Packed keys.</summary>
    public float* KeyRows { get; }

    /// <summary>dk so far.</summary>
    public float* ToKeys { get; }

    /// <summary>dq of a block.</summary>
    public float* ToQueries { get; }

    /// <summary>Slopes of bounded scores; null where they are not bounded.</summary>
    public float* CapSlopes { get; }
}
