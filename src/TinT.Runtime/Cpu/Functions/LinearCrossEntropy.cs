using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Cpu.Threads;
using TinT.Runtime.Cpu.Tiles;
using TinT.Runtime.Formulas;

namespace TinT.Runtime.Cpu.Functions;

/// <summary>−log softmax(x Wᵀ + b)[target] of rows of x; the product is never in memory.</summary>
/// <remarks>
/// The vocabulary is cut into groups whose size depends on its own alone. Of each group a token keeps its largest logit m and Σ exp(logit − m), which are put
/// together at the end in the order of the groups: a loss depends neither on the workers nor on the other rows.
/// </remarks>
internal static unsafe class LinearCrossEntropy<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    private const int FewestTiles = 4;

    // Groups that a worker should find at least, if they need not be smaller than FewestTiles for it.
    private const int EnoughGroups = 32;

    // Exponentials are summed in float over this many groups and the parts in double.
    private const int GroupsPerPart = 32;

    /// <summary>Shared floats: x packed and as it is, two per group and one for the target of each row.</summary>
    public static long SharedLength(PackedRight tokens, int outputs) =>
        tokens.Length + ((long)tokens.Columns * tokens.Depth) + (((2L * Groups(outputs)) + 1) * PaddedTokens(tokens));

    /// <summary>Output features of a group, at most.</summary>
    public static int GroupFeatures(int outputs) =>
        Math.Clamp(Units.Count(outputs, TileShape.Rows) / EnoughGroups, FewestTiles, Units.MostTiles) * TileShape.Rows;

    /// <summary>Computes the losses.</summary>
    /// <param name="workers">Who computes.</param>
    /// <param name="x">[T, in].</param>
    /// <param name="rows">Rows of x, at least one.</param>
    /// <param name="w">[out, in].</param>
    /// <param name="bias">b, [out], or the default.</param>
    /// <param name="targets">For each of the rows.</param>
    /// <param name="losses">For each of the rows.</param>
    /// <param name="cap">c of c tanh(logit / c), which stands for logits; 0 if they stay as they are.</param>
    public static void Run(
        Workers workers, MatrixView x, ReadOnlySpan<int> rows, WeightView w, VectorView bias, ReadOnlySpan<int> targets, Span<float> losses, float cap)
    {
        PackedRight tokens = PackedRight.Plan<TLanes>(rows.Length, x.Columns);
        int padded = PaddedTokens(tokens);
        int groups = Groups(w.Rows);
        float* panels = workers.SharedScratch(SharedLength(tokens, w.Rows));
        MatrixView chosen = new(workers, panels + tokens.Length, rows.Length, x.Columns, x.Columns);
        float* maxima = chosen.Pointer + ((long)rows.Length * x.Columns);
        float* sums = maxima + ((nint)groups * padded);
        float* targetLogits = sums + ((nint)groups * padded);
        fixed (int* firstRow = rows, firstTarget = targets)
        {
            fixed (float* firstLoss = losses)
            {
                workers.Run(new Choose(x, firstRow, chosen), rows.Length, grain: 16);
                Result result = new(GroupFeatures(w.Rows), padded, bias, cap, maxima, sums, firstTarget, targetLogits);
                ForwardProduct<TLanes, Result>.Run(workers, chosen, w, panels, tokens, result, result.GroupFeatures);
                workers.Run(new Combine(groups, padded, maxima, sums, targetLogits, rows.Length, firstLoss), Units.Count(rows.Length, TLanes.Count), grain: 1);
            }
        }
    }

    private static int Groups(int outputs) => Units.Count(outputs, GroupFeatures(outputs));

    private static int PaddedTokens(PackedRight tokens) => tokens.PanelCount * tokens.PanelWidth;

    /// <summary>Copies rows side by side; a kernel row is one of them.</summary>
    private readonly struct Choose(MatrixView x, int* rows, MatrixView chosen) : IRowKernel
    {
        private readonly int* rows = rows;

        public void Run(int firstRow, int rowCount, int worker)
        {
            for (int row = firstRow; row < firstRow + rowCount; row++)
                x.Row(rows[row]).CopyTo(chosen.Row(row));
        }
    }

    /// <summary>Reduces a group's logits of each token, and picks the target's.</summary>
    private readonly struct Result(
        int groupFeatures, int padded, VectorView bias, float cap, float* maxima, float* sums, int* targets, float* targetLogits) : IProductResult
    {
        private readonly float* maxima = maxima;
        private readonly float* sums = sums;
        private readonly int* targets = targets;
        private readonly float* targetLogits = targetLogits;

        public int GroupFeatures => groupFeatures;

        public Prefetcher Ahead(int feature, int features, int token, int tokens, int steps) => default;

        public void Take<T>(float* tile, int stride, int feature, int features, int token, int tokens)
            where T : struct, ILanes<T>
        {
            for (int row = 0; bias.Length > 0 && row < features; row++)
            {
                T added = T.Broadcast(bias.Pointer[feature + row]);
                for (int column = 0; column < tokens; column += T.Count)
                    T.Store(T.Load(tile + (row * stride) + column) + added, tile + (row * stride) + column);
            }

            for (int row = 0; cap > 0 && row < features; row++)
            {
                for (int column = 0; column < tokens; column += T.Count)
                {
                    float* values = tile + (row * stride) + column;
                    T.Store(T.Broadcast(cap) * SoftCap.Tanh(T.Load(values) * T.Broadcast(1f / cap)), values);
                }
            }

            nint place = ((nint)(feature / groupFeatures) * padded) + token;
            for (int column = 0; column < tokens; column += T.Count)
                SoftmaxColumns<T>.Reduce(tile + column, stride, features, maxima + place + column, sums + place + column);

            for (int index = 0; index < tokens; index++)
            {
                int row = targets[token + index] - feature;
                if (row >= 0 && row < features)
                    targetLogits[token + index] = tile[(row * stride) + index];
            }
        }
    }

    /// <summary>Puts the groups of a vector of tokens together; a kernel row is such a vector.</summary>
    private readonly struct Combine(int groups, int padded, float* maxima, float* sums, float* targetLogits, int count, float* losses) : IRowKernel
    {
        private readonly float* maxima = maxima;
        private readonly float* sums = sums;
        private readonly float* targetLogits = targetLogits;
        private readonly float* losses = losses;

        public void Run(int firstRow, int rowCount, int worker)
        {
            float* part = stackalloc float[TLanes.Count];
            double* sum = stackalloc double[TLanes.Count];
            for (int first = firstRow * TLanes.Count; first < (firstRow + rowCount) * TLanes.Count; first += TLanes.Count)
            {
                TLanes largest = TLanes.Load(maxima + first);
                for (int group = 1; group < groups; group++)
                    largest = TLanes.Max(largest, TLanes.Load(maxima + ((nint)group * padded) + first));

                new Span<double>(sum, TLanes.Count).Clear();
                for (int group = 0; group < groups; group += GroupsPerPart)
                {
                    TLanes parts = TLanes.Zero;
                    for (int index = group; index < Math.Min(group + GroupsPerPart, groups); index++)
                    {
                        nint place = ((nint)index * padded) + first;
                        parts = TLanes.MultiplyAdd(TLanes.Load(sums + place), ElementaryFunctions.Exp(TLanes.Load(maxima + place) - largest), parts);
                    }

                    TLanes.Store(parts, part);
                    for (int lane = 0; lane < TLanes.Count; lane++)
                        sum[lane] += part[lane];
                }

                TLanes.Store(largest, part);
                for (int lane = 0; lane < Math.Min(TLanes.Count, count - first); lane++)
                    losses[first + lane] = (float)(Math.Log(sum[lane]) - ((double)targetLogits[first + lane] - part[lane]));
            }
        }
    }
}
