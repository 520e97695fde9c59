namespace ILGPU;

/// <summary>Functions that every device has.</summary>
public static class IntrinsicMath
{
    /// <summary>|value|.</summary>
    public static float Abs(float value) => MathF.Abs(value);

    /// <summary>|value|.</summary>
    public static int Abs(int value) => Math.Abs(value);

    /// <summary>The larger.</summary>
    public static float Max(float first, float second) => MathF.Max(first, second);

    /// <summary>The larger.</summary>
    public static int Max(int first, int second) => Math.Max(first, second);

    /// <summary>The smaller.</summary>
    public static float Min(float first, float second) => MathF.Min(first, second);

    /// <summary>The smaller.</summary>
    public static int Min(int first, int second) => Math.Min(first, second);

    /// <summary>value limited to min … max.</summary>
    public static float Clamp(float value, float min, float max) => Max(Min(value, max), min);

    /// <summary>value limited to min … max.</summary>
    public static int Clamp(int value, int min, int max) => Max(Min(value, max), min);
}
