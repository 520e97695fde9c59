namespace ILGPU;

/// <summary>The algorithms library.</summary>
public static class AlgorithmContext
{
    /// <summary>Gives <see cref="Algorithms.XMath"/> code on all devices.</summary>
    /// <param name="builder">The builder.</param>
    public static Context.Builder EnableAlgorithms(this Context.Builder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.HasAlgorithms = true;
        return builder;
    }
}
