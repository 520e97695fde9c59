using System.Numerics;

namespace TinT.Evaluation.InContext.Sampling;

/// <summary>MT19937, the 32-bit Mersenne Twister.</summary>
internal sealed class MersenneTwister
{
    private const int Size = 624;
    private const int Middle = 397;
    private readonly uint[] state = new uint[Size];
    private int next = Size;

    /// <summary>Creates a generator.</summary>
    /// <param name="seed">The first word of its state; the others follow by Knuth's recurrence.</param>
    public MersenneTwister(uint seed)
    {
        state[0] = seed;
        for (uint index = 1; index < Size; index++)
            state[index] = (1812433253u * (state[index - 1] ^ (state[index - 1] >> 30))) + index;
    }

    /// <summary>32 random bits.</summary>
    public uint Next()
    {
        if (next == Size)
            Twist();
        uint word = state[next++];
        word ^= word >> 11;
        word ^= (word << 7) & 0x9D2C5680;
        word ^= (word << 15) & 0xEFC60000;
        return word ^ (word >> 18);
    }

    /// <summary>A number from 0 to a bound, that included: masked draws, repeated while above it.</summary>
    /// <param name="bound">The bound, from 1.</param>
    public uint NextBelowOrEqual(uint bound)
    {
        uint mask = uint.MaxValue >> BitOperations.LeadingZeroCount(bound);
        uint value = Next() & mask;
        while (value > bound)
            value = Next() & mask;
        return value;
    }

    private void Twist()
    {
        for (int index = 0; index < Size; index++)
        {
            uint joined = (state[index] & 0x80000000) | (state[(index + 1) % Size] & 0x7FFFFFFF);
            state[index] = state[(index + Middle) % Size] ^ (joined >> 1) ^ ((joined & 1) * 0x9908B0DF);
        }

        next = 0;
    }
}
