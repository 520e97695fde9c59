using TinT.Literal.Modules;

namespace TinT.Literal.Programs;

/// <summary>The first D coordinates of one register beside the other coordinates of another.</summary>
/// <param name="Before">Register with the other coordinates.</param>
/// <param name="After">Register with the first D coordinates.</param>
/// <param name="To">Register written.</param>
/// <param name="Norm">The norm, whose weights choose the coordinates.</param>
internal sealed record MixRegionStep(string Before, string After, string To, RegionNorm Norm) : ModuleStep
{
    internal override void Run<T>(LiteralRun<T> run, Registers<T> registers) =>
        registers[To] = Norm.Mix(run, registers[Before], registers[After]);
}
