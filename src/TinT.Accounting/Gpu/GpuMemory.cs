using TinT.Compiler.Layout;
using TinT.Model;
using TinT.Runtime.Execution;

namespace TinT.Accounting.Gpu;

/// <summary>Device memory of a run of a generated GPU simulator, in bytes; what the driver and the code itself take is not counted.</summary>
/// <param name="Weights">Stored weights, and cosines and sines, or slopes, of positions that are none.</param>
/// <param name="Updated">Copies that inner steps update: in the dual form of norms' biases only.</param>
/// <param name="Arena">Working memory: activations, memory slots, attention statistics and a block of logits.</param>
/// <param name="Batch">The batch, and what losses are computed from.</param>
/// <param name="Logits">Logits of both passes, if the caller asks for them.</param>
public sealed record GpuMemory(long Weights, long Updated, long Arena, long Batch, long Logits)
{
    /// <summary>Arrays of the batch with one element for each token: ids, positions, targets, two factors and whether it trains.</summary>
    private const int BatchColumns = 6;

    /// <summary>Elements that a token's loss is computed from.</summary>
    private const int LossColumns = 3;

    /// <summary>What a run needs at least: without logits for the caller.</summary>
    public long Needed => Weights + Updated + Arena + Batch;

    /// <summary>Plans the memory of a run without ICL mask.</summary>
    /// <param name="model">The model as GPU kernels run it.</param>
    /// <param name="tokens">Tokens in each sequence.</param>
    /// <param name="batchSize">Sequences.</param>
    /// <param name="steps">Inner steps.</param>
    public static GpuMemory Of(CompiledModel model, int tokens, int batchSize, int steps)
    {
        ArgumentNullException.ThrowIfNull(model);
        GpuArenaPlan arena = GpuArena.Of(model);
        long rows = (long)tokens * batchSize;

        // One element each stands for a mask and for logits that are not there.
        long batch = (BatchColumns * rows) + 3 + (LossColumns * ((2 * rows) + tokens));
        return new GpuMemory(
            Bytes(model.Parameters.StoredLength + PositionTables(model.Spec.Auxiliary.Model)),
            Bytes((arena.IsDual(tokens) ? 0 : Math.Max(1, model.Parameters.UpdatedLength)) + Math.Max(1, model.Parameters.SequenceLength)),
            Bytes(arena.Length(tokens, steps)),
            Bytes(batch),
            Bytes(2 * rows * model.Spec.Auxiliary.VocabularySize));
    }

    /// <summary>The most tokens of one sequence whose run fits a device, up to the context length; 0 if none does.</summary>
    /// <param name="model">The model as GPU kernels run it.</param>
    /// <param name="profile">The device.</param>
    public static int MostTokens(CompiledModel model, GpuProfile profile)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(profile);
        int tokens = model.Spec.Auxiliary.MaxPositionEmbeddings;
        while (tokens > 0 && Of(model, tokens, batchSize: 1, model.Spec.Training.Steps).Needed > profile.MemoryBytes)
            tokens--;
        return tokens;
    }

    private static long PositionTables(AuxiliaryDescription model) => model switch
    {
        { Rotary: { } rotary } => (long)model.MaxPositionEmbeddings * (rotary.Size / 2) * 2,
        { Positions: PositionKind.Alibi } => model.HeadCount,
        _ => 0,
    };

    private static long Bytes(long elements) => elements * OperationCost.NumberBytes;
}
