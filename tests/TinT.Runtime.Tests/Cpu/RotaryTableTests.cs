using TinT.Model;
using TinT.Model.Architectures;
using TinT.Runtime.Cpu;

namespace TinT.Runtime.Tests.Cpu;

public class RotaryTableTests
{
    [Theory]
    [InlineData("llama", 128, 128)]
    [InlineData("llama", 6, 6)]
    [InlineData("gptj", 64, 34)]
    [InlineData("gpt_neox", 96, 24)]
    public void Heads_are_turned_by_the_angles_of_their_pairs_and_back(string architecture, int headSize, int turned)
    {
        const int Heads = 3;
        const int Positions = 40;
        AuxiliaryDescription model = KnownArchitectures.Of(architecture).Describe(
            new() { HiddenSize = Heads * headSize, HeadCount = Heads, MaxPositionEmbeddings = Positions });
        model = model with { Rotary = model.Rotary! with { Size = turned } };
        RotaryTable table = new(model);
        Random random = new(headSize);
        foreach (int position in new[] { 0, 1, 7, Positions - 1 })
        {
            float[] row = [.. Enumerable.Range(0, Heads * headSize).Select(_ => (2 * random.NextSingle()) - 1)];
            float[] original = [.. row];
            table.Turn(row, position);

            for (int index = 0; index < row.Length; index++)
            {
                int place = index % headSize;
                int head = index - place;
                double expected = original[index];
                if (place < turned)
                {
                    bool neighbours = model.Rotary.Interleaved;
                    int pair = neighbours ? place / 2 : place % (turned / 2);
                    bool isFirst = neighbours ? place % 2 == 0 : place < turned / 2;
                    (double sine, double cosine) = Math.SinCos(position * Math.Pow(10000, -2.0 * pair / turned));
                    float a = original[head + (neighbours ? 2 * pair : pair)];
                    float b = original[head + (neighbours ? (2 * pair) + 1 : pair + (turned / 2))];
                    expected = isFirst ? (a * cosine) - (b * sine) : (b * cosine) + (a * sine);
                }

                // Two products of values up to 1 with rounded factors, and their sum.
                Assert.Equal(expected, row[index], 3.0 / (1 << 23));
            }

            table.TurnBack(row, position);
            for (int index = 0; index < row.Length; index++)
                Assert.Equal(original[index], row[index], 6.0 / (1 << 23));
        }
    }

    [Fact]
    public void A_model_without_rotary_positions_has_no_table() =>
        Assert.Throws<ArgumentException>(() => new RotaryTable(KnownArchitectures.Of("gpt2").Describe(new())));
}
