using System.Runtime.CompilerServices;
using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Formulas;

namespace TinT.Runtime.Cpu.Functions;

/// <summary>A normalized row x̂ that moves by r γ/N, and the change of what it is normalized to.</summary>
/// <remarks>
/// x = x̂/r + mean x has the norm that x̂ has with r² ε for ε. Of x̂ the mean is known to be 0, or is not taken, and the mean square with r² ε to be 1:
/// only their changes are summed. All changes are by r smaller than they are, and made up for at the end.
/// </remarks>
/// <typeparam name="TLanes">The vector.</typeparam>
internal readonly unsafe struct MovedRow<TLanes>(float* normalized, float* gradient, float inverseDeviation, float taylorScale, float* result, bool accumulate)
    : INormalizedRow<TLanes, Moved<TLanes>, Moved<Number<float>>>
    where TLanes : struct, ILanes<TLanes>
{
    private readonly float step = inverseDeviation / taylorScale;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Moved<TLanes> Load(int index) => Element(TLanes.Load(normalized + index), TLanes.Load(gradient + index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Moved<Number<float>> LoadOne(int index) => One(normalized[index], gradient[index]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Moved<TLanes> Broadcast(Moved<Number<float>> value) => Element(TLanes.Broadcast(value.Value.Value), TLanes.Broadcast(value.Change.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Part(Moved<TLanes> value) => value.Change;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float PartOne(Moved<Number<float>> value) => value.Change.Value;

    public Moved<Number<float>> Mean(float mean) => One(0, mean);

    public Moved<Number<float>> Squares(float sum, int count) => One(count, sum);

    public Moved<Number<float>> Factor(Moved<Number<float>> inverse) => inverse * inverseDeviation;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(Moved<TLanes> value, int index) =>
        TLanes.Store(accumulate ? value.Change + TLanes.Load(result + index) : value.Change, result + index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreOne(Moved<Number<float>> value, int index) =>
        result[index] = accumulate ? result[index] + value.Change.Value : value.Change.Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Moved<TLanes> Element(TLanes value, TLanes change) => new(value, change, TLanes.Broadcast(step), TLanes.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Moved<Number<float>> One(float value, float change) => new(new(value), new(change), new(step), default);
}
