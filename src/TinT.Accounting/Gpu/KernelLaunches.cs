using TinT.Compiler.Emission;
using TinT.Compiler.Emission.Ilgpu;
using TinT.Compiler.Emission.Ilgpu.Kernels;
using TinT.Compiler.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Model.Runs;

namespace TinT.Accounting.Gpu;

/// <summary>What each kernel of a program launches on a GPU, with its cost as the generated code is written.</summary>
/// <param name="model">The model as GPU kernels run it.</param>
/// <param name="shapes">Forms of kernels.</param>
/// <param name="run">Tokens and training tokens.</param>
internal sealed class KernelLaunches(CompiledModel model, LaunchShapes shapes, PlannedRun run)
{
    private readonly long width = model.Spec.Auxiliary.HiddenSize;
    private readonly int activationOperations = ElementOperations.Of(model.Spec.Auxiliary.Activation.Value);
    private readonly AttentionLaunches attention = new(shapes, model.Spec.Auxiliary.HeadCount, model.Spec.Auxiliary.HeadSize);

    /// <summary>Launches of a kernel, with the activation that is fused to it.</summary>
    /// <param name="routine">The routine that it belongs to.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="activation">The activation, or <see langword="null"/>.</param>
    /// <exception cref="NotSupportedException">The cost of this kind of kernel is not known.</exception>
    public IEnumerable<GpuLaunch> Of(RoutineKind routine, Kernel kernel, Kernel? activation)
    {
        bool backward = routine is RoutineKind.FinalNormBackward or RoutineKind.BackwardBlock;
        long rows = backward ? run.TrainingTokens : run.Tokens;
        string name = KernelNames.Of(kernel);
        long columns = kernel.Outputs.Count > 0 ? kernel.Outputs[0].Columns : 0;
        int adds = kernel.Residual is null ? 0 : 1;
        switch (kernel.Kind)
        {
            case KernelKind.Embed:
                return [LaunchShapes.Elements(name, rows * columns, operations: 1, reads: 4)];
            case KernelKind.Copy:
                return [LaunchShapes.Elements(name, rows * columns, operations: 0, reads: 1)];
            case KernelKind.Add:
                return [LaunchShapes.Elements(name, rows * columns, operations: 1, reads: 2)];
            case KernelKind.Activation:
                return [LaunchShapes.Elements(name, rows * columns, activationOperations, reads: 1)];
            case KernelKind.ActivationBackward:
                return [LaunchShapes.Elements(name, rows * columns, (2 * activationOperations) + ElementOperations.Difference, reads: 2)];
            case KernelKind.Normalize or KernelKind.Norm:
                return [Norm(name, rows, kernel.Kind == KernelKind.Norm)];
            case KernelKind.NormBackward:
                return [NormBackward(name, rows, kernel.Parameters.Count > 0, adds)];
            case KernelKind.Linear:
                int activated = activation is null ? 0 : 1;
                return [shapes.Product(name, rows, columns, kernel.Inputs[0].Columns, 1 + adds, 1 + activated, 1 + adds + (activated * activationOperations))];
            case KernelKind.LinearBackward:
                int difference = activation is null ? 0 : (2 * activationOperations) + ElementOperations.Difference;
                return [shapes.Product(name, rows, columns, kernel.Inputs[0].Columns, adds + (activation is null ? 0 : 1), 1, adds + difference)];
            case KernelKind.LinearDescent:
                return [shapes.Product(name, kernel.Inputs[0].Columns, kernel.Inputs[1].Columns, rows, 1, 1, ElementOperations.Descent)];
            case KernelKind.BiasDescent:
                return [shapes.ColumnSums(name, rows, kernel.Inputs[0].Columns, reads: 1)];
            case KernelKind.LinearAttention:
                return [shapes.LinearAttention(name, rows, run.TrainingTokens, kernel.Inputs[1].Columns, columns)];
            case KernelKind.Attention:
                return [attention.Forward(name, rows)];
            case KernelKind.AttentionBackward:
                return AttentionBackward(rows, AttentionBackwardKernels.IsExact(kernel));
            default:
                throw new NotSupportedException($"The accounting does not know what a GPU kernel of the kind {kernel.Kind} costs.");
        }
    }

    private IEnumerable<GpuLaunch> AttentionBackward(long rows, bool exact)
    {
        yield return attention.Statistics(AttentionBackwardKernels.Statistics, rows, exact);
        yield return attention.OfKeys("AttentionToValues", rows, slopes: false);
        if (!exact)
            yield break;
        yield return attention.OfQueries("AttentionToQueries", rows);
        yield return attention.OfKeys("AttentionToKeys", rows, slopes: true);
    }

    /// <summary>Three turns over a row: the mean, the variance, and the results.</summary>
    private GpuLaunch Norm(string name, long rows, bool affine)
    {
        int operations = ElementOperations.Normalization + (affine ? ElementOperations.GainAndBias : 0);
        return shapes.Rows(
            name,
            rows,
            rows * ((operations * width) + ElementOperations.NormalizationOfRow),
            rows * (affine ? 5 : 3) * width,
            rows * (((affine ? 2 : 1) * width) + 1));
    }

    /// <summary>Three turns over a row; every thread reads 1/σ for itself.</summary>
    private GpuLaunch NormBackward(string name, long rows, bool gain, int adds)
    {
        int operations = ElementOperations.Normalization + ElementOperations.Difference + (gain ? 1 : 0) + adds;
        int reads = (3 * (gain ? 2 : 1)) + 2 + adds;
        return shapes.Rows(
            name,
            rows,
            rows * ((operations * width) + ElementOperations.NormalizationOfRow),
            rows * ((reads * width) + shapes.Tile.Threads),
            rows * width);
    }
}
