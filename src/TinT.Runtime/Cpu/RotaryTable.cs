using System.ComponentModel;
using System.Numerics;
using TinT.Model;

namespace TinT.Runtime.Cpu;

/// <summary>Rotary positions: cosines and sines of a model's angles, made in double precision.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RotaryTable
{
    private readonly int headSize;
    private readonly int pairs;
    private readonly bool interleaved;
    private readonly float[] cosines;
    private readonly float[] sines;

    /// <summary>Makes the table.</summary>
    /// <param name="model">A model with rotary positions.</param>
    public RotaryTable(AuxiliaryDescription model)
    {
        ArgumentNullException.ThrowIfNull(model);
        RotaryDescription rotary = model.Rotary ?? throw new ArgumentException($"The model has {model.Positions} positions.", nameof(model));
        headSize = model.HeadSize;
        interleaved = rotary.Interleaved;
        double[] frequencies = rotary.Frequencies();
        pairs = frequencies.Length;
        cosines = new float[model.MaxPositionEmbeddings * pairs];
        sines = new float[cosines.Length];
        for (int index = 0; index < cosines.Length; index++)
        {
            (double sine, double cosine) = Math.SinCos(index / pairs * frequencies[index % pairs]);
            (sines[index], cosines[index]) = ((float)sine, (float)cosine);
        }
    }

    /// <summary>Cosines, [positions, pairs].</summary>
    public ReadOnlySpan<float> Cosines => cosines;

    /// <summary>Sines, [positions, pairs].</summary>
    public ReadOnlySpan<float> Sines => sines;

    /// <summary>Turns every head of a row.</summary>
    /// <param name="row">[heads · d].</param>
    /// <param name="position">Position of the token.</param>
    public void Turn(Span<float> row, int position) => Turn(row, position, back: false);

    /// <summary>Turns every head of a row back; the transpose of <see cref="Turn(Span{float}, int)"/>.</summary>
    /// <param name="row">[heads · d].</param>
    /// <param name="position">Position of the token.</param>
    public void TurnBack(Span<float> row, int position) => Turn(row, position, back: true);

    private void Turn(Span<float> row, int position, bool back)
    {
        ReadOnlySpan<float> cosine = cosines.AsSpan(position * pairs, pairs);
        ReadOnlySpan<float> sine = sines.AsSpan(position * pairs, pairs);
        for (int head = 0; head < row.Length; head += headSize)
        {
            Span<float> turned = row.Slice(head, 2 * pairs);
            if (interleaved)
                TurnNeighbours(turned, cosine, sine, back);
            else
                TurnHalves(turned[..pairs], turned[pairs..], cosine, sine, back);
        }
    }

    private static void TurnHalves(Span<float> first, Span<float> second, ReadOnlySpan<float> cosine, ReadOnlySpan<float> sine, bool back)
    {
        int pair = 0;
        for (; pair <= cosine.Length - Vector<float>.Count; pair += Vector<float>.Count)
        {
            Vector<float> c = new(cosine[pair..]);
            Vector<float> s = back ? -new Vector<float>(sine[pair..]) : new Vector<float>(sine[pair..]);
            Vector<float> a = new(first[pair..]);
            Vector<float> b = new(second[pair..]);
            ((a * c) - (b * s)).CopyTo(first[pair..]);
            ((b * c) + (a * s)).CopyTo(second[pair..]);
        }

        for (; pair < cosine.Length; pair++)
        {
            float s = back ? -sine[pair] : sine[pair];
            (float a, float b) = (first[pair], second[pair]);
            first[pair] = (a * cosine[pair]) - (b * s);
            second[pair] = (b * cosine[pair]) + (a * s);
        }
    }

    private static void TurnNeighbours(Span<float> turned, ReadOnlySpan<float> cosine, ReadOnlySpan<float> sine, bool back)
    {
        for (int pair = 0; pair < cosine.Length; pair++)
        {
            float s = back ? -sine[pair] : sine[pair];
            (float a, float b) = (turned[2 * pair], turned[(2 * pair) + 1]);
            turned[2 * pair] = (a * cosine[pair]) - (b * s);
            turned[(2 * pair) + 1] = (b * cosine[pair]) + (a * s);
        }
    }
}
