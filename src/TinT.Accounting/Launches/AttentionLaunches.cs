using TinT.Compiler.Devices;
using TinT.Compiler.Emission.Ilgpu.Kernels;
using TinT.Model;

namespace TinT.Accounting.Launches;

/// <summary>Costs of the causal attention kernels: every group goes through the tiles of keys before its queries, or of queries behind its keys, that a window leaves.</summary>
/// <param name="shapes">Forms of kernels.</param>
/// <param name="model">The model.</param>
/// <param name="layer">The layer.</param>
internal sealed class AttentionLaunches(LaunchShapes shapes, AuxiliaryDescription model, int layer)
{
    /// <summary>slope · (position of the key − position of the query) of one score, and its sum.</summary>
    private const int Distance = 3;

    /// <summary>The two positions.</summary>
    private const int DistanceReads = 2;

    private readonly GroupTile tile = shapes.Tile;
    private readonly long heads = model.HeadCount;
    private readonly long keyHeads = model.KeyValueHeadCount;
    private readonly long headSize = model.HeadSize;
    private readonly long window = model.WindowOf(layer) is > 0 and int window ? window : long.MaxValue;
    private readonly bool distances = AttentionText.HasDistances(model);
    private readonly bool capped = model.ScoreCap is not null;

    /// <summary>Groups that share a head's columns; each makes all scores.</summary>
    private readonly long parts = shapes.Tiles(model.HeadSize);

    /// <summary>c = A v for all queries and keys of T tokens.</summary>
    public GpuLaunch Forward(string kernel, long tokens)
    {
        Pairs pairs = PairsOf(tokens);
        return Launch(
            kernel,
            tokens,
            parts,
            blocks: 2,
            softmax: true,
            slopes: false,
            products: parts,
            parts * pairs.KeyTerms,
            pairs,
            ElementOperations.Softmax,
            heads * parts * (ScoreReads(pairs) + (pairs.KeyTerms * tile.Size) + OfDistances(pairs, tokens, evaluations: 1)),
            heads * headSize * tokens);
    }

    /// <summary>The largest score and the sum of each row, and with exact gradients Σ_j A ∘ ∂A in a second turn.</summary>
    public GpuLaunch Statistics(string kernel, long rows, bool exact)
    {
        Pairs pairs = PairsOf(rows);
        int turns = exact ? 3 : 1;
        return Launch(
            kernel,
            rows,
            groupsPerTile: 1,
            blocks: exact ? 2 : 1,
            softmax: true,
            slopes: false,
            products: turns,
            terms: 0,
            pairs,
            exact ? 2 * ElementOperations.Softmax : ElementOperations.Softmax,
            heads * ((turns * ScoreReads(pairs)) + OfDistances(pairs, rows, evaluations: exact ? 2 : 1)),
            heads * rows * (exact ? 3 : 2));
    }

    /// <summary>∂v = Aᵀ ∂c, or ∂k from the gradients of scores: groups of keys, which read the statistics of every tile of queries of each head that reads them.</summary>
    public GpuLaunch OfKeys(string kernel, long rows, bool slopes)
    {
        Pairs pairs = PairsOf(rows);
        int products = slopes ? 2 : 1;
        long statistics = heads * parts * (slopes ? 3 : 2) * pairs.Queries;
        return Launch(
            kernel,
            rows,
            parts,
            slopes ? 3 : 2,
            softmax: false,
            slopes,
            products * parts,
            parts * pairs.QueryTerms,
            pairs,
            slopes ? ElementOperations.Softmax + ElementOperations.ThroughSoftmax : ElementOperations.Softmax,
            (heads * parts * ((products * ScoreReads(pairs)) + (pairs.QueryTerms * tile.Size) + OfDistances(pairs, rows, evaluations: 1))) + statistics + (keyHeads * headSize * rows),
            keyHeads * headSize * rows) with { Groups = shapes.Tiles(rows) * keyHeads * parts };
    }

    /// <summary>∂q = ∂S k: groups of queries, which read their statistics once.</summary>
    public GpuLaunch OfQueries(string kernel, long rows)
    {
        Pairs pairs = PairsOf(rows);
        return Launch(
            kernel,
            rows,
            parts,
            blocks: 3,
            softmax: false,
            slopes: true,
            2 * parts,
            parts * pairs.KeyTerms,
            pairs,
            ElementOperations.Softmax + ElementOperations.ThroughSoftmax,
            (heads * parts * ((2 * ScoreReads(pairs)) + (pairs.KeyTerms * tile.Size) + OfDistances(pairs, rows, evaluations: 1))) + (heads * parts * 3 * rows),
            heads * headSize * rows);
    }

    /// <summary>Elements that one product of all pairs of tiles reads: whole tiles, in whole depths.</summary>
    private long ScoreReads(Pairs pairs) => 2 * pairs.Tiles * tile.Size * shapes.Terms(headSize);

    /// <summary>Elements that a head's scores read of distances: positions wherever a query sees a key, and for each thread of each tile its slope.</summary>
    private long OfDistances(Pairs pairs, long rows, int evaluations) =>
        distances ? (DistanceReads * evaluations * pairs.Visible) + (shapes.Tiles(rows) * tile.Threads) : 0;

    private GpuLaunch Launch(
        string kernel,
        long rows,
        long groupsPerTile,
        int blocks,
        bool softmax,
        bool slopes,
        long products,
        long terms,
        Pairs pairs,
        int operations,
        long reads,
        long writes) => new(
        kernel,
        shapes.Tiles(rows) * heads * groupsPerTile,
        tile.Threads,
        OperationCost.NumberBytes * tile.AttentionFloatsOf(softmax, slopes),
        tile.Registers(blocks),
        heads * (shapes.TileOperations(products * pairs.Tiles, headSize) + (2 * terms * tile.Size * tile.Size) + (groupsPerTile * (operations + OfScore(slopes)) * pairs.Visible)),
        reads,
        writes);

    /// <summary>Operations of a score beside its scale: its distance, its bound, and the slope of that.</summary>
    private int OfScore(bool slopes) =>
        (distances ? Distance : 0) + (capped ? ElementOperations.Cap : 0) + (capped && slopes ? ElementOperations.Cap + ElementOperations.CapSlope : 0);

    /// <summary>Tiles of queries and keys that are not all behind the queries, or all before their windows.</summary>
    /// <param name="Tiles">Pairs of tiles.</param>
    /// <param name="Queries">Rows of their queries' tiles, added up.</param>
    /// <param name="QueryTerms">Terms of sums over their queries.</param>
    /// <param name="KeyTerms">Terms of sums over their keys.</param>
    /// <param name="Visible">Queries and keys that see each other.</param>
    private readonly record struct Pairs(long Tiles, long Queries, long QueryTerms, long KeyTerms, long Visible);

    private Pairs PairsOf(long rows)
    {
        long count = shapes.Tiles(rows);
        Pairs pairs = new(0, 0, 0, 0, VisibleOf(rows));
        for (long query = 0; query < count; query++)
        {
            long queries = Math.Min(tile.Size, rows - (query * tile.Size));
            for (long key = Math.Max(0, (query * tile.Size) + 1 - window) / tile.Size; key <= query; key++)
            {
                long keys = Math.Min(tile.Size, rows - (key * tile.Size));
                pairs = new Pairs(
                    pairs.Tiles + 1,
                    pairs.Queries + queries,
                    pairs.QueryTerms + shapes.Terms(queries),
                    pairs.KeyTerms + shapes.Terms(keys),
                    pairs.Visible);
            }
        }

        return pairs;
    }

    /// <summary>Queries with the keys that they see.</summary>
    private long VisibleOf(long rows)
    {
        long growing = Math.Min(rows, window);
        return (growing * (growing + 1) / 2) + ((rows - growing) * growing);
    }
}
