using TinT.Runtime.Cpu.Attention;
using TinT.Runtime.Cpu.Functions;
using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Cpu.Threads;
using TinT.Runtime.Cpu.Tiles;

namespace TinT.Runtime.Cpu;

/// <summary>What each product asks of the workers' memory, from the layouts that it packs its operands in.</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
internal static class ScratchSizes<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>Of <see cref="LinearResult"/>.</summary>
    public static ScratchSize Linear(int rows, int inputs, int outputs, int workers)
    {
        if (rows == 0)
            return default;
        PackedRight tokens = PackedRight.Plan<TLanes>(rows, inputs);
        return new ScratchSize(tokens.Length, ForwardProduct<TLanes, LinearResult>.UnitLength(tokens, Units.Features(outputs, tokens.PanelCount, workers)));
    }

    /// <summary>Of <see cref="LinearCrossEntropy{TLanes}"/>.</summary>
    public static ScratchSize LinearCrossEntropy(int rows, int inputs, int outputs)
    {
        if (rows == 0)
            return default;
        PackedRight tokens = PackedRight.Plan<TLanes>(rows, inputs);
        return new ScratchSize(
            LinearCrossEntropy<TLanes>.SharedLength(tokens, outputs),
            ForwardProduct<TLanes, LinearResult>.UnitLength(tokens, LinearCrossEntropy<TLanes>.GroupFeatures(outputs)));
    }

    /// <summary>Of <see cref="BackwardProduct{TLanes}"/>.</summary>
    public static ScratchSize LinearBackward(int rows, int inputs, int outputs, int workers)
    {
        if (rows == 0)
            return default;
        int panelCount = Units.Count(inputs, Packing<TLanes>.PanelWidth);
        int partRows = Math.Min(rows, Units.PartRows(rows, panelCount, workers));
        int width = (partRows < rows ? 1 : Units.Panels<TLanes>(inputs, workers)) * Packing<TLanes>.PanelWidth;
        return new ScratchSize(0, BackwardProduct<TLanes>.UnitLength(width, partRows));
    }

    /// <summary>Of <see cref="DescentProduct{TLanes}"/>.</summary>
    public static ScratchSize LinearDescent(int rows, int inputs, int outputs, int workers) =>
        new(0, DescentProduct<TLanes>.UnitLength(DescentProduct<TLanes>.Unit(rows, inputs, outputs, workers)));

    /// <summary>Of <see cref="LinearAttentionProduct{TLanes}"/>.</summary>
    public static ScratchSize LinearAttention(int queries, int keys, int inputs, int outputs, int workers)
    {
        PackedRight values = PackedRight.Plan<TLanes>(outputs, keys);
        int unit = Math.Min(queries, Units.Rows(queries, workers));
        return new ScratchSize(PackedRight.Plan<TLanes>(keys, inputs).Length + values.Length, LinearAttentionProduct<TLanes>.UnitLength(unit, values));
    }

    /// <summary>Of <see cref="AttentionForward{TLanes}"/>.</summary>
    public static ScratchSize Attention(int tokens, int headSize, int heads)
    {
        PackedRight values = PackedRight.Plan<TLanes>(headSize, tokens);
        int block = AttentionScores.BlockRows;
        long most = 0;
        for (int first = 0; first < tokens; first += block)
        {
            int queries = Math.Min(block, tokens - first);
            long strip = (long)queries * values.PanelCount * values.PanelWidth;
            most = Math.Max(most, new PackedLeft(queries, first + queries).Length + strip);
        }

        return new ScratchSize(heads * (PackedRight.Plan<TLanes>(tokens, headSize).Length + values.Length), most);
    }

    /// <summary>Of <see cref="AttentionBackward{TLanes}"/>.</summary>
    public static ScratchSize AttentionBackward(int tokens, int rows, int headSize, bool exact, bool capped) =>
        rows == 0 ? default : new ScratchSize(0, AttentionBackwardMemory<TLanes>.LengthOf(tokens, rows, headSize, exact, capped));
}
