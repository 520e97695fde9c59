namespace TinT.Model;

/// <summary>How fast scores fall with the distance in each head (Press et al. 2022, for head counts that are no power of two as BLOOM has it).</summary>
public static class AlibiSlopes
{
    /// <summary>The slopes, [heads]. With p the greatest power of two that is at most the count: 2^(−8i/p) for heads 1 … p, 2^(−4(2i−1)/p) for the rest.</summary>
    /// <param name="heads">Attention heads.</param>
    public static double[] Of(int heads)
    {
        int power = 1;
        while (2 * power <= heads)
            power *= 2;
        double[] slopes = new double[heads];
        for (int head = 0; head < heads; head++)
            slopes[head] = Math.Pow(2, head < power ? -8.0 * (head + 1) / power : -4.0 * ((2 * (head - power)) + 1) / power);
        return slopes;
    }
}
