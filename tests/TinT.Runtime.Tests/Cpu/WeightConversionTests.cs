using System.Runtime.CompilerServices;
using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Cpu.Memory;

namespace TinT.Runtime.Tests.Cpu;

public unsafe class WeightConversionTests
{
    public static TheoryData<WeightStorage> Narrow => new() { WeightStorage.BFloat16, WeightStorage.Float16 };

    [Theory, MemberData(nameof(Narrow))]
    public void Every_16_bit_pattern_widens_to_the_single_it_stands_for_with_every_vector_width(WeightStorage storage)
    {
        ushort[] patterns = [.. Enumerable.Range(0, 1 << 16).Select(pattern => (ushort)pattern)];
        foreach (VectorWidth width in VectorWidthPools.Widths)
        {
            // The second time every pattern is in another lane, or among the last ones that fill no vector.
            foreach (int first in new[] { 0, 3 })
            {
                float[] wide = new float[patterns.Length - first];
                fixed (ushort* source = patterns)
                    WeightConversion.Widen(storage, source + first, wide, width);

                for (int index = 0; index < wide.Length; index++)
                    AssertBits(storage, patterns[first + index], Reference(storage, patterns[first + index]), wide[index]);
            }
        }
    }

    [Theory, MemberData(nameof(Narrow))]
    public void Every_number_of_16_bits_is_stored_as_it_is(WeightStorage storage)
    {
        ushort[] patterns = [.. Enumerable.Range(0, 1 << 16).Select(pattern => (ushort)pattern).Where(pattern => float.IsFinite(Reference(storage, pattern)))];
        ushort[] stored = Store(storage, [.. patterns.Select(pattern => Reference(storage, pattern))]);
        Assert.Equal(patterns, stored);
    }

    [Theory, MemberData(nameof(Narrow))]
    public void A_single_between_two_numbers_goes_to_the_nearer_one_and_from_the_middle_to_the_even_one(WeightStorage storage)
    {
        for (ushort pattern = 0; float.IsFinite(Reference(storage, (ushort)(pattern + 1))); pattern++)
        {
            ushort above = (ushort)(pattern + 1);
            float middle = (float)(((double)Reference(storage, pattern) + Reference(storage, above)) / 2);
            ushort even = (pattern & 1) == 0 ? pattern : above;
            float[] singles =
                [middle, -middle, MathF.BitDecrement(middle), MathF.BitIncrement(middle), -MathF.BitDecrement(middle), -MathF.BitIncrement(middle)];

            // Of the least bfloat16 numbers the middle is no single's neighbour; it is a single itself all the same.
            Assert.Equal(
                [even, (ushort)(even | 0x8000), pattern, above, (ushort)(pattern | 0x8000), (ushort)(above | 0x8000)],
                Store(storage, singles));
        }
    }

    [Theory]
    [InlineData(WeightStorage.Float16, 65504f, 65520f)]
    [InlineData(WeightStorage.BFloat16, 3.3895314e38f, 3.3961775e38f)]
    public void What_is_half_a_unit_above_the_largest_number_becomes_infinite(WeightStorage storage, float largest, float overflow)
    {
        Assert.Equal((largest, overflow), (WeightConversion.Largest(storage), WeightConversion.Overflow(storage)));
        ushort[] stored = Store(storage, [largest, MathF.BitDecrement(overflow), overflow, -overflow, float.MaxValue]);
        Assert.Equal(
            [largest, largest, float.PositiveInfinity, float.NegativeInfinity, float.PositiveInfinity], stored.Select(pattern => Reference(storage, pattern)));
    }

    /// <summary>Vectors and what is behind the last whole one.</summary>
    [Theory, MemberData(nameof(Narrow))]
    public void Any_number_of_singles_is_rounded_alike(WeightStorage storage)
    {
        Random random = new(1);
        float[] singles = [.. Enumerable.Range(0, 100).Select(_ => (random.NextSingle() - 0.5f) * 0.1f)];
        ushort[] expected = [.. singles.Select(single => Store(storage, [single])[0])];
        for (int count = 0; count < singles.Length; count++)
            Assert.Equal(expected[..count], Store(storage, singles[..count]));
    }

    private static ushort[] Store(WeightStorage storage, float[] singles)
    {
        ushort[] stored = new ushort[singles.Length];
        WeightConversion.Narrow(storage, singles, stored);
        return stored;
    }

    private static float Reference(WeightStorage storage, ushort pattern) =>
        storage == WeightStorage.Float16 ? (float)Unsafe.BitCast<ushort, Half>(pattern) : BitConverter.UInt32BitsToSingle((uint)pattern << 16);

    private static void AssertBits(WeightStorage storage, ushort pattern, float expected, float actual)
    {
        // NaN need only be NaN.
        bool same = float.IsNaN(expected) ? float.IsNaN(actual) : BitConverter.SingleToUInt32Bits(expected) == BitConverter.SingleToUInt32Bits(actual);
        Assert.True(same, $"{storage} {pattern:X4} is {actual:R} instead of {expected:R}.");
    }
}
