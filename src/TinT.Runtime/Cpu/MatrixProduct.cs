using System.ComponentModel;
using TinT.Runtime.Cpu.Attention;
using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Cpu.Threads;
using TinT.Runtime.Cpu.Tiles;

namespace TinT.Runtime.Cpu;

/// <summary>The products of a linear layer y = x Wᵀ + b: forward, backward, descent and its dual form. Weights are [out, in].</summary>
/// <remarks>
/// <para>Blocked and packed after F. Van Zee, R. van de Geijn, <i>BLIS</i>, ACM TOMS 41(3), 2015. Sums over k run in blocks of
/// 128, each a chain of fused multiply-adds, the blocks added in order: the error of an element is at most about
/// (128 + k / 128) · 2⁻²⁴ · Σ|a||b|. Results do not depend on the number of workers, bit for bit.</para>
/// <para>Weights of 16 bits become singles where they are packed: the result is, bit for bit, that of a product with the singles they stand for.</para>
/// <para>Views may be strided. A result must not overlap an operand unless a method says so. Nothing is allocated on the managed
/// heap; packed operands lie in the workers' memory.</para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MatrixProduct
{
    /// <summary>y = x Wᵀ + b.</summary>
    /// <param name="workers">Who computes.</param>
    /// <param name="x">Input, [T, in].</param>
    /// <param name="w">Weights, [out, in].</param>
    /// <param name="bias">[out], or empty for none.</param>
    /// <param name="y">Result, [T, out].</param>
    /// <exception cref="ArgumentException">The shapes do not agree.</exception>
    public static void Linear(Workers workers, MatrixView x, WeightView w, VectorView bias, MatrixView y) =>
        LinearForward(nameof(Linear), workers, x, w, bias, default, y);

    /// <summary>y = residual + x Wᵀ + b.</summary>
    /// <param name="workers">Who computes.</param>
    /// <param name="x">Input, [T, in].</param>
    /// <param name="w">Weights, [out, in].</param>
    /// <param name="bias">[out], or empty for none.</param>
    /// <param name="residual">[T, out].</param>
    /// <param name="y">Result, [T, out]; may be <paramref name="residual"/>.</param>
    /// <exception cref="ArgumentException">The shapes do not agree.</exception>
    public static void LinearAdd(Workers workers, MatrixView x, WeightView w, VectorView bias, MatrixView residual, MatrixView y)
    {
        Shapes.Require(nameof(LinearAdd), nameof(residual), residual, x.Rows, w.Rows);
        LinearForward(nameof(LinearAdd), workers, x, w, bias, residual, y);
    }

    /// <summary>dx = dy W, or dx += dy W: the gradient passed down through a linear layer.</summary>
    /// <param name="workers">Who computes.</param>
    /// <param name="dy">Gradient at the output, [T, out].</param>
    /// <param name="w">Weights, [out, in].</param>
    /// <param name="dx">Gradient at the input, [T, in].</param>
    /// <param name="accumulate">Whether the product is added to <paramref name="dx"/>.</param>
    /// <exception cref="ArgumentException">The shapes do not agree.</exception>
    public static void LinearBackward(Workers workers, MatrixView dy, WeightView w, MatrixView dx, bool accumulate)
    {
        ArgumentNullException.ThrowIfNull(workers);
        Shapes.Require(nameof(LinearBackward), nameof(dy), dy, dx.Rows, w.Rows);
        Shapes.Require(nameof(LinearBackward), nameof(dx), dx, dy.Rows, w.Columns);
        switch (workers.Width)
        {
            case VectorWidth.Bits512:
                BackwardProduct<Lanes512>.Run(workers, dy, w, dx, accumulate);
                break;
            case VectorWidth.Bits256:
                BackwardProduct<Lanes256>.Run(workers, dy, w, dx, accumulate);
                break;
            default:
                BackwardProduct<Lanes128>.Run(workers, dy, w, dx, accumulate);
                break;
        }
    }

    /// <summary>destination = source − scale · dyᵀ x: one step of gradient descent on the weights of a linear layer.</summary>
    /// <param name="workers">Who computes.</param>
    /// <param name="dy">Gradient at the output, [T, out].</param>
    /// <param name="x">Input of the layer, [T, in].</param>
    /// <param name="scale">Learning rate.</param>
    /// <param name="source">Weights before, [out, in].</param>
    /// <param name="destination">Weights after, [out, in]; may be <paramref name="source"/> if that holds singles.</param>
    /// <exception cref="ArgumentException">The shapes do not agree.</exception>
    public static void LinearDescent(
        Workers workers, MatrixView dy, MatrixView x, float scale, WeightView source, MatrixView destination)
    {
        ArgumentNullException.ThrowIfNull(workers);
        Shapes.Require(nameof(LinearDescent), nameof(dy), dy, x.Rows, source.Rows);
        Shapes.Require(nameof(LinearDescent), nameof(x), x, dy.Rows, source.Columns);
        Shapes.Require(nameof(LinearDescent), nameof(destination), destination, source.Rows, source.Columns);
        switch (workers.Width)
        {
            case VectorWidth.Bits512:
                DescentProduct<Lanes512>.Run(workers, dy, x, scale, source, destination);
                break;
            case VectorWidth.Bits256:
                DescentProduct<Lanes256>.Run(workers, dy, x, scale, source, destination);
                break;
            default:
                DescentProduct<Lanes128>.Run(workers, dy, x, scale, source, destination);
                break;
        }
    }

    /// <summary>result −= scale · Σ_s (⟨query_t, key_s⟩ + offset) value_s: attention without softmax.</summary>
    /// <param name="workers">Who computes.</param>
    /// <param name="queries">[T, in].</param>
    /// <param name="keys">[R, in].</param>
    /// <param name="values">[R, out].</param>
    /// <param name="scale">Learning rate.</param>
    /// <param name="offset">Added to every score.</param>
    /// <param name="result">[T, out].</param>
    /// <exception cref="ArgumentException">The shapes do not agree.</exception>
    /// <remarks>
    /// What a step of gradient descent on W and b changes in y = x Wᵀ + b, without making the step: queries are the inputs x, keys the
    /// inputs and values the gradients of the tokens that trained, the offset is the multiple of the learning rate by which b moved. With
    /// gradients as keys and inputs as values it is what the step changes in dy W.
    /// </remarks>
    public static void LinearAttention(
        Workers workers, MatrixView queries, MatrixView keys, MatrixView values, float scale, float offset, MatrixView result)
    {
        ArgumentNullException.ThrowIfNull(workers);
        Shapes.Require(nameof(LinearAttention), nameof(queries), queries, result.Rows, keys.Columns);
        Shapes.Require(nameof(LinearAttention), nameof(values), values, keys.Rows, result.Columns);
        switch (workers.Width)
        {
            case VectorWidth.Bits512:
                LinearAttentionProduct<Lanes512>.Run(workers, queries, keys, values, scale, offset, result);
                break;
            case VectorWidth.Bits256:
                LinearAttentionProduct<Lanes256>.Run(workers, queries, keys, values, scale, offset, result);
                break;
            default:
                LinearAttentionProduct<Lanes128>.Run(workers, queries, keys, values, scale, offset, result);
                break;
        }
    }

    /// <summary>destination = source − scale · Σ_t dy_t: one step of gradient descent on the bias of a linear layer.</summary>
    /// <param name="workers">Who computes.</param>
    /// <param name="dy">Gradient at the output, [T, out].</param>
    /// <param name="scale">Learning rate.</param>
    /// <param name="source">Bias before, [out].</param>
    /// <param name="destination">Bias after, [out]; may be <paramref name="source"/>.</param>
    /// <exception cref="ArgumentException">The shapes do not agree.</exception>
    /// <remarks>Sums are kept in double, so that the only roundings are those of the product and of the result.</remarks>
    public static void BiasDescent(Workers workers, MatrixView dy, float scale, VectorView source, VectorView destination)
    {
        ArgumentNullException.ThrowIfNull(workers);
        Shapes.RequireLength(nameof(BiasDescent), nameof(source), source.Length, dy.Columns);
        Shapes.RequireLength(nameof(BiasDescent), nameof(destination), destination.Length, dy.Columns);
        ColumnSumDescent kernel = new(dy, default, scale, source, destination);
        workers.Run(kernel, kernel.ChunkCount, ColumnSumDescent.Grain(dy));
    }

    /// <summary>destination = source − scale · Σ_t dy_t ∘ x_t: one step of gradient descent on a gain, y = x ∘ gain.</summary>
    /// <param name="workers">Who computes.</param>
    /// <param name="dy">Gradient at the output, [T, D].</param>
    /// <param name="x">What the gain multiplies, [T, D].</param>
    /// <param name="scale">Learning rate.</param>
    /// <param name="source">Gain before, [D].</param>
    /// <param name="destination">Gain after, [D]; may be <paramref name="source"/>.</param>
    /// <exception cref="ArgumentException">The shapes do not agree.</exception>
    /// <remarks>Products and sums are kept in double, so that the only roundings are those of the sum's product and of the result.</remarks>
    public static void GainDescent(Workers workers, MatrixView dy, MatrixView x, float scale, VectorView source, VectorView destination)
    {
        ArgumentNullException.ThrowIfNull(workers);
        Shapes.Require(nameof(GainDescent), nameof(x), x, dy.Rows, dy.Columns);
        Shapes.RequireLength(nameof(GainDescent), nameof(source), source.Length, dy.Columns);
        Shapes.RequireLength(nameof(GainDescent), nameof(destination), destination.Length, dy.Columns);
        ColumnSumDescent kernel = new(dy, x, scale, source, destination);
        workers.Run(kernel, kernel.ChunkCount, ColumnSumDescent.Grain(dy));
    }

    private static void LinearForward(
        string operation, Workers workers, MatrixView x, WeightView w, VectorView bias, MatrixView residual, MatrixView y)
    {
        ArgumentNullException.ThrowIfNull(workers);
        Shapes.Require(operation, nameof(x), x, y.Rows, w.Columns);
        Shapes.Require(operation, nameof(y), y, x.Rows, w.Rows);
        if (bias.Length != 0)
            Shapes.RequireLength(operation, nameof(bias), bias.Length, w.Rows);

        switch (workers.Width)
        {
            case VectorWidth.Bits512:
                LinearResult.Run<Lanes512>(workers, x, w, bias, residual, y);
                break;
            case VectorWidth.Bits256:
                LinearResult.Run<Lanes256>(workers, x, w, bias, residual, y);
                break;
            default:
                LinearResult.Run<Lanes128>(workers, x, w, bias, residual, y);
                break;
        }
    }
}
