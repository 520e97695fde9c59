using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TinT.Runtime.Cpu.Lanes;

/// <summary>What is added to a transposed block before it is stored.</summary>
/// <typeparam name="TBias">Whether a row is added to every row.</typeparam>
/// <typeparam name="TResidual">Whether a block is added.</typeparam>
/// <param name="bias">The row.</param>
/// <param name="residual">The block.</param>
/// <param name="stride">Row stride of the block.</param>
internal readonly unsafe struct BlockAddends<TBias, TResidual>(float* bias, float* residual, nint stride)
    where TBias : struct, ISwitch
    where TResidual : struct, ISwitch
{
    private readonly float* bias = bias;
    private readonly float* residual = residual;

    /// <summary>value + bias + residual, for the row of the block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Add(Vector256<float> value, int row)
    {
        if (TBias.IsOn)
            value += Vector256.Load(bias);
        if (TResidual.IsOn)
            value += Vector256.Load(residual + (row * stride));
        return value;
    }

    /// <inheritdoc cref="Add(Vector256{float}, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Add(Vector512<float> value, int row)
    {
        if (TBias.IsOn)
            value += Vector512.Load(bias);
        if (TResidual.IsOn)
            value += Vector512.Load(residual + (row * stride));
        return value;
    }

    /// <inheritdoc cref="Add(Vector256{float}, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Add(Vector128<float> value, int row)
    {
        if (TBias.IsOn)
            value += Vector128.Load(bias);
        if (TResidual.IsOn)
            value += Vector128.Load(residual + (row * stride));
        return value;
    }

    /// <summary>The same for one element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Add(float value, int row, int column)
    {
        if (TBias.IsOn)
            value += bias[column];
        if (TResidual.IsOn)
            value += residual[(row * stride) + column];
        return value;
    }

    /// <summary>The addends of a part of the block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public BlockAddends<TBias, TResidual> From(int row, int column) => new(bias + column, residual + (row * stride) + column, stride);
}
