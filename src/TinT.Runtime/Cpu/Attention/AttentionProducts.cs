using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Cpu.Tiles;

namespace TinT.Runtime.Cpu.Attention;

/// <summary>Products of one head: rows, where they are or in blocks, by small packed operands.</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
internal static unsafe class AttentionProducts<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>Packs rows [depth, columns] as a right operand.</summary>
    public static void PackRight(MatrixView source, float* right)
    {
        PackedRight layout = PackedRight.Plan<TLanes>(source.Columns, source.Rows);
        new PackRight<TLanes>(source, layout, right, transposed: false).Run(0, layout.BlockCount, 0);
    }

    /// <summary>Product of [rows, depth] and [depth, columns] as a left operand of the next product.</summary>
    /// <param name="left">Left operand.</param>
    /// <param name="layout">Layout of the right operand.</param>
    /// <param name="right">Right operand.</param>
    /// <param name="product">The product; only its first <c>Depth</c> columns are computed.</param>
    /// <param name="target">Layout of the product.</param>
    /// <param name="request">Whether panels are requested ahead, as they are not in the second-level cache.</param>
    public static void IntoBlocks(LeftOperand left, PackedRight layout, float* right, float* product, PackedLeft target, bool request)
    {
        for (int column = 0; column < target.Depth; column += layout.PanelWidth)
        {
            (int piece, int offset) = Math.DivRem(column, TileShape.Depth);
            float* to = product + target.Offset(piece) + offset;
            int panel = column / layout.PanelWidth;
            for (int block = 0; block < layout.DepthBlocks; block++)
            {
                Prefetcher ahead = request ? Next(layout, right, panel, block, layout.DepthBlocks, target.Rows) : default;
                TileOperands operands = new()
                {
                    Depth = layout.DepthOf(block),
                    Left = left.Block(block),
                    LeftStride = left.Stride,
                    LeftStep = left.Step,
                    Panel = right + layout.Offset(block, panel),
                    Accumulate = block > 0,
                    Sums = to,
                    SumsStride = TileShape.DepthStride,
                    Result = to,
                    ResultStride = TileShape.DepthStride,
                };
                TileStrip<TLanes>.Multiply(target.Rows, target.Depth - column, operands, ref ahead);
            }
        }
    }

    /// <summary>Product of [rows, depth] and [depth, columns] into a strip of whole panels.</summary>
    /// <param name="left">Left operand.</param>
    /// <param name="source">Its layout; the depth may be less than that of the right operand.</param>
    /// <param name="layout">Layout of the right operand.</param>
    /// <param name="right">Right operand.</param>
    /// <param name="strip">[rows, panels].</param>
    /// <param name="request">Whether panels are requested ahead, as they are not in the second-level cache.</param>
    public static void IntoStrip(float* left, PackedLeft source, PackedRight layout, float* right, float* strip, bool request)
    {
        int stride = layout.PanelCount * layout.PanelWidth;
        for (int panel = 0; panel < layout.PanelCount; panel++)
        {
            int column = panel * layout.PanelWidth;
            for (int block = 0; block < source.DepthBlocks; block++)
            {
                Prefetcher ahead = request ? Next(layout, right, panel, block, source.DepthBlocks, source.Rows) : default;
                TileOperands operands = new()
                {
                    Depth = source.DepthOf(block),
                    Left = left + source.Offset(block),
                    LeftStride = TileShape.DepthStride,
                    LeftStep = 1,
                    Panel = right + layout.Offset(block, panel),
                    Accumulate = block > 0,
                    Sums = strip + column,
                    SumsStride = stride,
                    Result = strip + column,
                    ResultStride = stride,
                };
                TileStrip<TLanes>.Multiply(source.Rows, layout.Columns - column, operands, ref ahead);
            }
        }
    }

    /// <summary>Adds the product of the transpose of a block of rows and [rows, columns] to a strip of whole panels.</summary>
    /// <param name="block">[rows, keys] as a left operand.</param>
    /// <param name="layout">Its layout; its rows are no more than the depth of a block.</param>
    /// <param name="firstKey">First key wanted; the last is the block's last.</param>
    /// <param name="source">Layout of the right operand.</param>
    /// <param name="right">Right operand.</param>
    /// <param name="strip">[keys from the first wanted on, panels].</param>
    public static void AddTransposed(float* block, PackedLeft layout, int firstKey, PackedRight source, float* right, float* strip)
    {
        int stride = source.PanelCount * source.PanelWidth;
        for (int key = firstKey; key < layout.Depth;)
        {
            (int piece, int offset) = Math.DivRem(key, TileShape.Depth);
            int keys = layout.DepthOf(piece) - offset;
            for (int panel = 0; panel < source.PanelCount; panel++)
            {
                int column = panel * source.PanelWidth;
                float* sums = strip + ((nint)(key - firstKey) * stride) + column;
                Prefetcher nothing = default;
                TileOperands operands = new()
                {
                    Depth = layout.Rows,
                    Left = block + layout.Offset(piece) + offset,
                    LeftStride = 1,
                    LeftStep = TileShape.DepthStride,
                    Panel = right + source.Offset(0, panel),
                    Accumulate = true,
                    Sums = sums,
                    SumsStride = stride,
                    Result = sums,
                    ResultStride = stride,
                };
                TileStrip<TLanes>.Multiply(keys, source.Columns - column, operands, ref nothing);
            }

            key += keys;
        }
    }

    /// <summary>Writes the rows of a strip.</summary>
    public static void Store(float* strip, PackedRight layout, MatrixView destination)
    {
        nint stride = layout.PanelCount * layout.PanelWidth;
        for (int row = 0; row < destination.Rows; row++)
            RowArithmetic<TLanes>.Store(strip + (row * stride), destination.Pointer + ((nint)row * destination.Stride), destination.Columns, accumulate: false);
    }

    /// <summary>Requests what is multiplied after a depth block of a panel: the next of some blocks, or the first of the next panel.</summary>
    private static Prefetcher Next(PackedRight layout, float* right, int panel, int block, int blocks, int rows)
    {
        Prefetcher ahead = default;
        (int nextPanel, int nextBlock) = block + 1 < blocks ? (panel, block + 1) : (panel + 1, 0);
        if (nextPanel < layout.PanelCount)
        {
            int depth = layout.DepthOf(nextBlock);
            ahead.Add(right + layout.Offset(nextBlock, nextPanel), depth * layout.PanelWidth, TileStrip<TLanes>.PrefetchSteps(rows, layout.DepthOf(block)));
        }

        return ahead;
    }
}
