using TinT.Compiler.Devices;
using TinT.Compiler.Specs;
using TinT.Model.Runs;

namespace TinT.Compiler.Lowering;

/// <summary>Decides, from what both forms of an update cost on a GPU, up to how many tokens a run uses the dual form there.</summary>
/// <remarks>
/// As <see cref="ChooseUpdate"/>, for one trained layer, the training part being half of the tokens, but by the launches: the least time of each is that of its
/// operations, on no more multiprocessors than it has groups, or of its bytes. A descent has a group for each tile of a weight, some hundreds; linear attention has one
/// for each tile of tokens and four tiles of columns, which leave most of a large device without work. What both forms launch is left out.
/// A multiprocessor with one group also waits more than one with many: the least times of linear attention are weighed for that.
/// </remarks>
public static class ChooseGpuUpdate
{
    /// <summary>
    /// How much further above its least time linear attention runs than a descent. For GPT-2 with 256 tokens on an H100 the former took 5.0 times its
    /// least time (12.5 ms), the latter 2.3 times (1.5 ms).
    /// </summary>
    public const double LinearAttentionWeight = 2.2;

    private const int DescentOperations = 2;

    /// <summary>The most tokens with which a run on devices of a class uses the dual form; 0 for none.</summary>
    internal static int DualTokens(KernelProgram program, GpuClass device)
    {
        TrainingSpec training = program.Spec.Training;
        int processor = ChooseUpdate.DualTokens(program);
        if (training.Update.Value != UpdateForm.Auto || processor == 0)
            return processor;

        Kernel[] descents = [.. program[RoutineKind.BackwardBlock].Where(k => k.Kind == KernelKind.LinearDescent)];
        int steps = training.Steps;

        // The first of two tokens is the least that trains.
        int tokens = 1;
        while (tokens < program.Spec.Auxiliary.MaxPositionEmbeddings && Dual(tokens + 1) <= Primal(tokens + 1))
            tokens++;
        return tokens > 1 ? tokens : 0;

        double Primal(int t) => steps * descents.Sum(d =>
            device.Seconds(TileCosts.Product(GroupTiles.Wide, d.Inputs[0].Columns, d.Inputs[1].Columns, t / 2, reads: 1, writes: 1, DescentOperations)));

        double Dual(int t) => LinearAttentionWeight * descents.Sum(d =>
        {
            long outputs = d.Inputs[0].Columns;
            long inputs = d.Inputs[1].Columns;
            double forward = device.Seconds(TileCosts.LinearAttention(GroupTiles.Wide, t, t / 2, inputs, outputs));
            double backward = device.Seconds(TileCosts.LinearAttention(GroupTiles.Wide, t / 2, t / 2, outputs, inputs));
            return (forward * (steps * (steps + 1) / 2)) + (backward * (steps * (steps - 1) / 2));
        });
    }
}
