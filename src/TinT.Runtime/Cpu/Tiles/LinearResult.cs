using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Cpu.Threads;

namespace TinT.Runtime.Cpu.Tiles;

/// <summary>y = x Wᵀ + b (+ residual): tiles are transposed into y.</summary>
/// <param name="bias">[out], or empty for none.</param>
/// <param name="residual">[T, out], or empty for none.</param>
/// <param name="y">[T, out].</param>
internal readonly unsafe struct LinearResult(VectorView bias, MatrixView residual, MatrixView y) : IProductResult
{
    /// <summary>Computes the product.</summary>
    public static void Run<TLanes>(Workers workers, MatrixView x, WeightView w, VectorView bias, MatrixView residual, MatrixView y)
        where TLanes : struct, ILanes<TLanes>
    {
        if (x.Rows == 0 || w.Rows == 0)
            return;
        PackedRight tokens = PackedRight.Plan<TLanes>(x.Rows, x.Columns);
        int unitFeatures = Units.Features(w.Rows, tokens.PanelCount, workers.Count);
        ForwardProduct<TLanes, LinearResult>.Run(
            workers, x, w, workers.SharedScratch(tokens.Length), tokens, new LinearResult(bias, residual, y), unitFeatures);
    }

    /// <inheritdoc/>
    public Prefetcher Ahead(int feature, int features, int token, int tokens, int steps) =>
        new(y.Pointer + ((nint)token * y.Stride) + feature, y.Stride, tokens, features, steps);

    /// <inheritdoc/>
    public void Take<TLanes>(float* tile, int stride, int feature, int features, int token, int tokens)
        where TLanes : struct, ILanes<TLanes>
    {
        float* part = y.Pointer + ((nint)token * y.Stride) + feature;
        float* biasPart = bias.Pointer + feature;
        float* residualPart = residual.Pointer + ((nint)token * residual.Stride) + feature;
        bool biased = bias.Length > 0;
        if (residual.Rows > 0)
        {
            if (biased)
                Packing<TLanes>.StoreTransposed(
                    tile, stride, features, tokens, part, y.Stride, new BlockAddends<On, On>(biasPart, residualPart, residual.Stride));
            else
                Packing<TLanes>.StoreTransposed(
                    tile, stride, features, tokens, part, y.Stride, new BlockAddends<Off, On>(biasPart, residualPart, residual.Stride));
        }
        else if (biased)
        {
            Packing<TLanes>.StoreTransposed(tile, stride, features, tokens, part, y.Stride, new BlockAddends<On, Off>(biasPart, residualPart, 0));
        }
        else
        {
            Packing<TLanes>.StoreTransposed(tile, stride, features, tokens, part, y.Stride, default(BlockAddends<Off, Off>));
        }
    }
}
