using TinT.Runtime.Cpu.Lanes;
using TinT.Runtime.Cpu.Threads;

namespace TinT.Runtime.Tests.Cpu;

/// <summary>Runs a test with every vector width this machine has.</summary>
internal static class VectorWidthPools
{
    public static IEnumerable<VectorWidth> Widths => Enum.GetValues<VectorWidth>().Where(width => width <= VectorWidths.Widest);

    public static void ForEach(Action<Workers> test)
    {
        foreach (VectorWidth width in Widths)
        {
            using Workers workers = new(2, width);
            test(workers);
        }
    }
}
