namespace TinT.Literal.Programs;

/// <summary>The activation of every coordinate.</summary>
/// <param name="From">Register read.</param>
/// <param name="To">Register written.</param>
public sealed record ActivateStep(string From, string To) : ModuleStep
{
    internal override void Run<T>(LiteralRun<T> run, Registers<T> registers) => registers[To] = run.Activate(registers[From]);
}
