using System.Numerics;
using TinT.Literal.Primitives;

namespace TinT.Literal.Programs;

/// <summary>Attention of the simulator.</summary>
/// <param name="From">Register read.</param>
/// <param name="To">Register written.</param>
/// <param name="Attention">The attention with its parameters.</param>
/// <param name="Mask">Which query may attend to which key.</param>
/// <param name="SendMask">With transposed attention, which receiver may take what which sender sends back.</param>
public sealed record AttentionStep(string From, string To, SimulatorAttention Attention, MaskRule Mask, MaskRule? SendMask = null) : ModuleStep
{
    internal override void Run<T>(LiteralRun<T> run, Registers<T> registers) =>
        registers[To] = Attention.Apply(run, registers[From], Mask.In(run), SendMask?.In(run));
}
