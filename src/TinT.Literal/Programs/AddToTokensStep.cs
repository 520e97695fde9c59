using TinT.Literal.Modules;

namespace TinT.Literal.Programs;

/// <summary>A residual connection of the tokens: coordinates of one register are added to coordinates of another.</summary>
/// <param name="From">Register read.</param>
/// <param name="FromStart">First coordinate read.</param>
/// <param name="To">Register added to.</param>
/// <param name="ToStart">First coordinate added to.</param>
/// <param name="Width">Coordinates.</param>
public sealed record AddToTokensStep(string From, int FromStart, string To, int ToStart, int Width) : ModuleStep
{
    internal override void Run<T>(LiteralRun<T> run, Registers<T> registers) =>
        LiteralModule.AddToTokens(run, registers[From], FromStart, registers[To], ToStart, Width);
}
