using TinT.Compiler.Specs;
using TinT.Model.Runs;

namespace TinT.Compiler.Lowering;

/// <summary>Decides, from what both forms of an update cost, up to how many tokens a run uses the dual form.</summary>
/// <remarks>
/// Counted for one trained layer, the training part being half of the tokens, with R training tokens and S steps.
/// Primal: each step multiplies gradients and inputs, 2 R · in · out, and reads and writes every weight. Dual: the pass after step k
/// attends to k R tokens, 2 T k R (in + out), and so does, with R rows, the backward pass of every step but the first. A weight moved to
/// and from memory counts as much as <see cref="OperationsPerWeight"/> operations.
/// </remarks>
internal static class ChooseUpdate
{
    /// <summary>Operations in the time in which 8 bytes come or go: 8 operations for each byte, as processors of these years have it.</summary>
    private const double OperationsPerWeight = 64;

    /// <summary>The most tokens with which a run uses the dual form; 0 for none.</summary>
    public static int DualTokens(KernelProgram program)
    {
        TrainingSpec training = program.Spec.Training;
        int context = program.Spec.Auxiliary.MaxPositionEmbeddings;
        if (training.Update.Value == UpdateForm.Primal || training.LayerNorm.Value == LayerNormUpdate.Full)
            return 0;
        if (training.Update.Value == UpdateForm.Dual)
            return context;

        Kernel[] descents = [.. program[RoutineKind.BackwardBlock].Where(k => k.Kind == KernelKind.LinearDescent)];
        double widths = descents.Sum(k => (double)k.Inputs[0].Columns + k.Inputs[1].Columns);
        double weights = descents.Sum(k => (double)k.Inputs[0].Columns * k.Inputs[1].Columns);
        double steps = training.Steps;
        double forwardSteps = steps * (steps + 1) / 2;
        double backwardSteps = steps * (steps - 1) / 2;
        int tokens = 0;
        while (tokens < context && Dual(tokens + 1) <= Primal(tokens + 1))
            tokens++;
        return tokens;

        double Primal(double t) => steps * weights * ((2 * (t / 2)) + OperationsPerWeight);
        double Dual(double t) => ((forwardSteps * t) + (backwardSteps * (t / 2))) * (t / 2) * 2 * widths;
    }
}
