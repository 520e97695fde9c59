using System.Numerics;
using TinT.Model;
using TinT.Reference.Matrices;

namespace TinT.Reference.Tape;

/// <summary>By how much rotary positions turn the pairs of each token of a sequence; computed in double.</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class RotaryAngles<T>
    where T : IFloatingPointIeee754<T>
{
    /// <summary>Computes the angles, position · frequency.</summary>
    /// <param name="rotary">What is turned.</param>
    /// <param name="positions">The position of each token, [T].</param>
    public RotaryAngles(RotaryDescription rotary, IReadOnlyList<int> positions)
    {
        Rotary = rotary;
        double[] frequencies = rotary.Frequencies();
        Cosines = new Matrix<T>(positions.Count, frequencies.Length);
        Sines = new Matrix<T>(positions.Count, frequencies.Length);
        for (int token = 0; token < positions.Count; token++)
        {
            for (int pair = 0; pair < frequencies.Length; pair++)
            {
                (double sine, double cosine) = Math.SinCos(positions[token] * frequencies[pair]);
                Cosines[token, pair] = T.CreateChecked(cosine);
                Sines[token, pair] = T.CreateChecked(sine);
            }
        }
    }

    /// <summary>What is turned.</summary>
    public RotaryDescription Rotary { get; }

    /// <summary>[T, n/2].</summary>
    public Matrix<T> Cosines { get; }

    /// <summary>[T, n/2].</summary>
    public Matrix<T> Sines { get; }

    /// <summary>Turns the pairs of a head: (a, b) becomes (a cos − b sin, b cos + a sin), or back.</summary>
    /// <param name="token">The token.</param>
    /// <param name="head">The head's coordinates, [d]; those that are not turned stay.</param>
    /// <param name="back">Whether the other way round.</param>
    public void Turn(int token, Span<T> head, bool back)
    {
        int pairs = Cosines.Columns;
        for (int pair = 0; pair < pairs; pair++)
        {
            (int first, int second) = Rotary.Interleaved ? (2 * pair, (2 * pair) + 1) : (pair, pair + pairs);
            T cosine = Cosines[token, pair];
            T sine = back ? -Sines[token, pair] : Sines[token, pair];
            (head[first], head[second]) = ((head[first] * cosine) - (head[second] * sine), (head[second] * cosine) + (head[first] * sine));
        }
    }
}
