using TinT.Literal.Primitives;

namespace TinT.Literal.Programs;

/// <summary>Position gates: a register becomes a mixture of what was before a module and of itself.</summary>
/// <param name="Before">Register with the embeddings before.</param>
/// <param name="After">Register with the embeddings after, which becomes the mixture.</param>
/// <param name="Gates">The gates with their parameters.</param>
public sealed record GatesStep(string Before, string After, PositionGates Gates) : ModuleStep
{
    internal override void Run<T>(LiteralRun<T> run, Registers<T> registers) => Gates.Apply(run, registers[Before], registers[After]);
}
