using TinT.Compiler.Specs;

namespace TinT.Compiler.Construction;

/// <summary>A stretch of a token's embedding that a forward module keeps for the backward pass.</summary>
/// <param name="Signal">Signal kept there.</param>
/// <param name="Start">First coordinate.</param>
/// <param name="Width">Number of coordinates.</param>
public sealed record MemorySlot(string Signal, int Start, int Width)
{
    /// <summary>Slots for signals, one after another, that end with a token's last coordinate.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="signals">The signals; each takes whole blocks of D.</param>
    internal static EquatableArray<MemorySlot> For(ModelSpec spec, params Signal[] signals)
    {
        int size = spec.Auxiliary.HiddenSize;
        int start = spec.Simulator.HiddenSize.Value;
        var slots = new List<MemorySlot>();
        foreach (Signal signal in signals.Reverse())
        {
            int width = PrefixMatrix.BlocksOf(signal.Width, size) * size;
            slots.Insert(0, new MemorySlot(signal.Name, start -= width, width));
        }

        return slots.ToEquatableArray();
    }
}
