using System.Runtime.CompilerServices;
using TinT.Runtime.Cpu.Tiles;
using TinT.Runtime.Formulas;

namespace TinT.Runtime.Cpu.Lanes;

/// <summary>A hardware vector of floats: 16, 8 or 4 lanes. Kernels are written once over it.</summary>
/// <typeparam name="TSelf">The vector type.</typeparam>
internal unsafe interface ILanes<TSelf> : IReal<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    /// <summary>Floats in a vector.</summary>
    static abstract int Count { get; }

    /// <summary>Vectors of a right panel: as many as leave the registers room for the sums of <see cref="TileShape.Rows"/> rows.</summary>
    static abstract int PanelVectors { get; }

    /// <summary>Rows and columns of the block <see cref="TransposeBlock"/> transposes in registers.</summary>
    static abstract int TransposeSize { get; }

    /// <summary>All lanes 0.</summary>
    static abstract TSelf Zero { get; }

    /// <summary>The number of each lane: 0, 1, 2, …</summary>
    static abstract TSelf Indices { get; }

    /// <summary>Reads <see cref="Count"/> floats.</summary>
    static abstract TSelf Load(float* source);

    /// <summary>Reads <see cref="Count"/> bfloat16 numbers; exact.</summary>
    static abstract TSelf LoadBrain(ushort* source);

    /// <summary>Reads <see cref="Count"/> binary16 numbers; exact, those below the normal ones too.</summary>
    static abstract TSelf LoadHalf(ushort* source);

    /// <summary>Writes <see cref="Count"/> floats.</summary>
    static abstract void Store(TSelf value, float* destination);

    /// <summary>The same float in every lane.</summary>
    static abstract TSelf Broadcast(float value);

    /// <summary>sum += factor · multiplier, as <see cref="IReal{TSelf}.MultiplyAdd(TSelf, TSelf, TSelf)"/> but in place: the compiler then needs no move of a register.</summary>
    static abstract void Accumulate(TSelf factor, TSelf multiplier, ref TSelf sum);

    /// <summary>The nearest whole number, ties to even.</summary>
    static abstract TSelf Round(TSelf value);

    /// <summary>value · 2ⁿ, rounded once where the result is less than the smallest normal number; the exponents are whole numbers from −252 to 254.</summary>
    static abstract TSelf ScaleByPowerOfTwo(TSelf value, TSelf exponent);

    /// <summary>The sum of the lanes.</summary>
    static abstract float Sum(TSelf value);

    /// <summary>The largest lane.</summary>
    static abstract float Largest(TSelf value);

    /// <summary>Transposes a square block of <see cref="TransposeSize"/> rows and columns.</summary>
    /// <typeparam name="TBias">Whether a row is added to every row.</typeparam>
    /// <typeparam name="TResidual">Whether a block is added.</typeparam>
    /// <param name="source">Element (0, 0) of the block.</param>
    /// <param name="sourceStride">Row stride of the source in floats.</param>
    /// <param name="addends">What is added to the transpose.</param>
    /// <param name="destination">Element (0, 0) of the transposed block.</param>
    /// <param name="destinationStride">Row stride of the destination in floats.</param>
    static abstract void TransposeBlock<TBias, TResidual>(
        float* source, nint sourceStride, BlockAddends<TBias, TResidual> addends, float* destination, nint destinationStride)
        where TBias : struct, ISwitch
        where TResidual : struct, ISwitch;

    /// <summary>Transposes two such blocks, the second below the first; the results are side by side.</summary>
    /// <inheritdoc cref="TransposeBlock{TBias, TResidual}"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual void TransposePair<TBias, TResidual>(
        float* source, nint sourceStride, BlockAddends<TBias, TResidual> addends, float* destination, nint destinationStride)
        where TBias : struct, ISwitch
        where TResidual : struct, ISwitch
    {
        int size = TSelf.TransposeSize;
        TSelf.TransposeBlock(source, sourceStride, addends, destination, destinationStride);
        TSelf.TransposeBlock(source + (size * sourceStride), sourceStride, addends.From(0, size), destination + size, destinationStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IReal<TSelf>.Constant(double value) => TSelf.Broadcast((float)value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IReal<TSelf>.Exp(TSelf x) => ElementaryFunctions.Exp(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Distribution<TSelf> IReal<TSelf>.NormalDistribution(TSelf x) => Distributions.NormalInSinglePrecision(x);
}
