namespace ILGPU.Algorithms;

/// <summary>Functions that devices have once <see cref="AlgorithmContext.EnableAlgorithms"/> was called.</summary>
public static class XMath
{
    /// <summary>eˣ.</summary>
    public static float Exp(float value) => MathF.Exp(value);

    /// <summary>tanh.</summary>
    public static float Tanh(float value) => MathF.Tanh(value);

    /// <summary>1 / √value.</summary>
    public static float Rsqrt(float value) => 1f / MathF.Sqrt(value);

    /// <summary>√value.</summary>
    public static float Sqrt(float value) => MathF.Sqrt(value);

    /// <summary>|value|.</summary>
    public static float Abs(float value) => MathF.Abs(value);

    /// <summary>The larger.</summary>
    public static float Max(float first, float second) => MathF.Max(first, second);

    /// <summary>The larger.</summary>
    public static int Max(int first, int second) => Math.Max(first, second);

    /// <summary>The smaller.</summary>
    public static float Min(float first, float second) => MathF.Min(first, second);

    /// <summary>The smaller.</summary>
    public static int Min(int first, int second) => Math.Min(first, second);
}
