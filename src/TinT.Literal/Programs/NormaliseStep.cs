using TinT.Literal.Modules;

namespace TinT.Literal.Programs;

/// <summary>Layer norm without gain and bias of the first D coordinates of every embedding.</summary>
/// <param name="From">Register read.</param>
/// <param name="To">Register written.</param>
/// <param name="Norm">The norm.</param>
internal sealed record NormaliseStep(string From, string To, RegionNorm Norm) : ModuleStep
{
    internal override void Run<T>(LiteralRun<T> run, Registers<T> registers) => registers[To] = Norm.Normalise(run, registers[From]);
}
