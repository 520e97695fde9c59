using TinT.Reference.Weights;
using TinT.Runtime.Cpu.Memory;

namespace TinT.Reference.Tests.Weights;

public sealed class RoundedCheckpointTests
{
    [Fact]
    public void Rounding_in_double_precision_is_that_of_the_types()
    {
        Random random = new(1);
        for (int repeat = 0; repeat < 200_000; repeat++)
        {
            float value = BitConverter.UInt32BitsToSingle((uint)random.NextInt64(1L << 32));
            if (!float.IsFinite(value))
                continue;
            if (Math.Abs(value) < 65520)
                Assert.Equal((float)(Half)value, RoundedCheckpoint.Round(value, WeightStorage.Float16));

            // The nearest of the two upper halves around it; in the middle the even one.
            uint bits = BitConverter.SingleToUInt32Bits(value);
            uint below = bits >> 16;
            uint rest = bits & 0xFFFF;
            uint nearest = rest > 0x8000 || (rest == 0x8000 && (below & 1) == 1) ? below + 1 : below;
            float expected = BitConverter.UInt32BitsToSingle(nearest << 16);
            if (float.IsFinite(expected))
                Assert.Equal(expected, RoundedCheckpoint.Round(value, WeightStorage.BFloat16));
            Assert.Equal(value, RoundedCheckpoint.Round(value, WeightStorage.SinglePrecision));
        }
    }
}
