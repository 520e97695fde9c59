using TinT.Compiler.Construction;
using TinT.Literal.Simulator;

namespace TinT.Literal.Schedule;

/// <summary>What tokens keep at the top of their embeddings from a forward module for its backward and descent modules.</summary>
/// <param name="Layer">Layer, or that of the final norm.</param>
/// <param name="Module">The forward module.</param>
/// <param name="Slot">Signal and coordinates.</param>
internal sealed record MemoryPlace(int Layer, string Module, MemorySlot Slot)
{
    /// <summary>Name of the memory; the last forward module that writes it is the one that is read.</summary>
    public string Name => PrefixNames.InLayer(Layer, $"{Module}.{Slot.Signal}");
}
