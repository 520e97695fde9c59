namespace TinT.Agreement.Comparison;

/// <summary>How close a change is to the one it should be, summed over any number of tensors.</summary>
/// <param name="Product">⟨ours, theirs⟩.</param>
/// <param name="OurSquares">|ours|².</param>
/// <param name="TheirSquares">|theirs|².</param>
/// <param name="DifferenceSquares">|ours − theirs|².</param>
public readonly record struct Closeness(double Product, double OurSquares, double TheirSquares, double DifferenceSquares)
{
    /// <summary>Cosine of the angle between them; NaN if one of them is zero.</summary>
    public double Cosine => Product / Math.Sqrt(OurSquares) / Math.Sqrt(TheirSquares);

    /// <summary>|ours| / |theirs|.</summary>
    public double RelativeNorm => Math.Sqrt(OurSquares) / Math.Sqrt(TheirSquares);

    /// <summary>|ours − theirs| / |theirs|.</summary>
    public double Distance => Math.Sqrt(DifferenceSquares) / Math.Sqrt(TheirSquares);

    /// <summary>Both together.</summary>
    public static Closeness operator +(Closeness left, Closeness right) => new(
        left.Product + right.Product,
        left.OurSquares + right.OurSquares,
        left.TheirSquares + right.TheirSquares,
        left.DifferenceSquares + right.DifferenceSquares);

    /// <summary>Compares two changes.</summary>
    /// <param name="ours">One.</param>
    /// <param name="theirs">The other, of the same length.</param>
    public static Closeness Of(ReadOnlySpan<double> ours, ReadOnlySpan<double> theirs)
    {
        if (ours.Length != theirs.Length)
            throw new ArgumentException($"Changes of {ours.Length} and {theirs.Length} elements cannot be compared.", nameof(theirs));
        double product = 0, ourSquares = 0, theirSquares = 0, differenceSquares = 0;
        for (int index = 0; index < ours.Length; index++)
        {
            double difference = ours[index] - theirs[index];
            product += ours[index] * theirs[index];
            ourSquares += ours[index] * ours[index];
            theirSquares += theirs[index] * theirs[index];
            differenceSquares += difference * difference;
        }

        return new Closeness(product, ourSquares, theirSquares, differenceSquares);
    }

    /// <summary>Compares two changes of the same values.</summary>
    /// <param name="ours">Values after our change.</param>
    /// <param name="theirs">Values after their change.</param>
    /// <param name="before">Values before both.</param>
    public static Closeness OfChanges(ReadOnlySpan<double> ours, ReadOnlySpan<double> theirs, ReadOnlySpan<double> before)
    {
        double[] ourChange = new double[before.Length];
        double[] theirChange = new double[before.Length];
        System.Numerics.Tensors.TensorPrimitives.Subtract(ours, before, ourChange);
        System.Numerics.Tensors.TensorPrimitives.Subtract(theirs, before, theirChange);
        return Of(ourChange, theirChange);
    }
}
