using System.Numerics;
using TinT.Literal.Primitives;

namespace TinT.Literal.Programs;

/// <summary>A split or mixing map of every embedding.</summary>
/// <param name="From">Register read.</param>
/// <param name="To">Register written.</param>
/// <param name="Map">The map with its parameters.</param>
public sealed record MapStep(string From, string To, EmbeddingMap Map) : ModuleStep
{
    internal override void Run<T>(LiteralRun<T> run, Registers<T> registers) => registers[To] = Map.Apply(run, registers[From]);
}
