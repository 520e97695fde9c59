using ILGPU;
using ILGPU.Algorithms;
using TinT.Runtime.Formulas;

namespace TinT.Runtime.Ilgpu.Kernels.Formulas;

/// <summary>A number of single precision on a device, over which the formulas of activations and norms are evaluated.</summary>
/// <param name="value">The number.</param>
internal readonly struct DeviceNumber(float value) : IReal<DeviceNumber>
{
    /// <summary>The number.</summary>
    public readonly float Value = value;

    /// <inheritdoc/>
    public static DeviceNumber operator +(DeviceNumber left, DeviceNumber right) => new(left.Value + right.Value);

    /// <inheritdoc/>
    public static DeviceNumber operator -(DeviceNumber left, DeviceNumber right) => new(left.Value - right.Value);

    /// <inheritdoc/>
    public static DeviceNumber operator *(DeviceNumber left, DeviceNumber right) => new(left.Value * right.Value);

    /// <inheritdoc/>
    public static DeviceNumber operator /(DeviceNumber left, DeviceNumber right) => new(left.Value / right.Value);

    /// <inheritdoc/>
    public static DeviceNumber operator -(DeviceNumber value) => new(-value.Value);

    /// <inheritdoc/>
    public static DeviceNumber Constant(double value) => new((float)value);

    /// <inheritdoc/>
    public static DeviceNumber MultiplyAdd(DeviceNumber factor, DeviceNumber multiplier, DeviceNumber addend) =>
        new((factor.Value * multiplier.Value) + addend.Value);

    /// <inheritdoc/>
    public static DeviceNumber Min(DeviceNumber left, DeviceNumber right) => new(XMath.Min(left.Value, right.Value));

    /// <inheritdoc/>
    public static DeviceNumber Max(DeviceNumber left, DeviceNumber right) => new(XMath.Max(left.Value, right.Value));

    /// <inheritdoc/>
    public static DeviceNumber Abs(DeviceNumber value) => new(IntrinsicMath.Abs(value.Value));

    /// <inheritdoc/>
    public static DeviceNumber Sqrt(DeviceNumber x) => new(XMath.Sqrt(x.Value));

    /// <inheritdoc/>
    public static DeviceNumber Exp(DeviceNumber x) => new(XMath.Exp(x.Value));

    /// <inheritdoc/>
    public static Distribution<DeviceNumber> NormalDistribution(DeviceNumber x) => Distributions.NormalInSinglePrecision(x);

    /// <inheritdoc/>
    public static DeviceNumber SelectLess(DeviceNumber left, DeviceNumber right, DeviceNumber whenLess, DeviceNumber otherwise) =>
        left.Value < right.Value ? whenLess : otherwise;

    /// <inheritdoc/>
    public static bool AnyLess(DeviceNumber left, DeviceNumber right) => left.Value < right.Value;
}
