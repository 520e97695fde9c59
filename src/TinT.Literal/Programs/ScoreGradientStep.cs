using System.Numerics;
using TinT.Literal.Primitives;

namespace TinT.Literal.Programs;

/// <summary>The gradient through the scores of softmax attention.</summary>
/// <param name="From">Register read.</param>
/// <param name="To">Register written.</param>
/// <param name="Attention">The attention with its parameters.</param>
/// <param name="Mask">Which query may attend to which key.</param>
/// <param name="SendMask">Which key may receive what which query sends back.</param>
public sealed record ScoreGradientStep(string From, string To, ScoreGradientAttention Attention, MaskRule Mask, MaskRule SendMask) : ModuleStep
{
    internal override void Run<T>(LiteralRun<T> run, Registers<T> registers) =>
        registers[To] = Attention.Apply(run, registers[From], Mask.In(run), SendMask.In(run));
}
