using System.Globalization;

namespace TinT.Runtime.Cpu.Memory;

/// <summary>The operating system refused the memory a simulator needs.</summary>
public sealed class BufferAllocationException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="floats">Floats that were asked for.</param>
    /// <param name="innerException">The refusal.</param>
    public BufferAllocationException(long floats, Exception? innerException)
        : base(Describe(floats), innerException)
    {
        Floats = floats;
    }

    /// <summary>Floats that were asked for.</summary>
    public long Floats { get; }

    private static string Describe(long floats) => string.Create(
        CultureInfo.InvariantCulture,
        $"A buffer of {floats} floats ({floats / 262144.0:F1} MiB) could not be reserved; use a shorter sequence, fewer trained layers or a machine with more memory.");
}
