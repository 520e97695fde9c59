using System.Runtime.CompilerServices;
using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Formulas;

namespace TinT.Runtime.Cpu.Functions;

/// <summary>A row of numbers x, and x̂.</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
internal readonly unsafe struct ValueRow<TLanes>(float* x, float* normalized) : INormalizedRow<TLanes, TLanes, Number<float>>
    where TLanes : struct, ILanes<TLanes>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Load(int index) => TLanes.Load(x + index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Number<float> LoadOne(int index) => new(x[index]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Broadcast(Number<float> value) => TLanes.Broadcast(value.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Part(TLanes value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float PartOne(Number<float> value) => value.Value;

    public Number<float> Mean(float mean) => new(mean);

    public Number<float> Squares(float sum, int count) => new(sum);

    public Number<float> Factor(Number<float> inverse) => inverse;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(TLanes value, int index) => TLanes.Store(value, normalized + index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreOne(Number<float> value, int index) => normalized[index] = value.Value;
}
