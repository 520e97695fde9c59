namespace TinT.Model;

/// <summary>Rotary positions: pairs (a, b) of the first coordinates of each head become (a cos − b sin, b cos + a sin).</summary>
/// <param name="Theta">Base of the frequencies: pair i turns by theta^(−2i/n) radians per position.</param>
/// <param name="Size">n, how many coordinates of a head are turned; even.</param>
/// <param name="Interleaved">Whether pairs are coordinates (2i, 2i + 1), not (i, i + n/2).</param>
/// <param name="Scaling">How frequencies are stretched; <see langword="null"/> if they are not.</param>
public sealed record RotaryDescription(double Theta, int Size, bool Interleaved = false, RopeScaling? Scaling = null)
{
    /// <summary>Radians per position of each pair, [n/2].</summary>
    public double[] Frequencies()
    {
        double[] frequencies = new double[Size / 2];
        for (int pair = 0; pair < frequencies.Length; pair++)
        {
            double frequency = Math.Pow(Theta, -2.0 * pair / Size);
            frequencies[pair] = Scaling is null ? frequency : Scaling.Scale(frequency);
        }

        return frequencies;
    }
}
