using TinT.Compiler.Emission.Ilgpu.Kernels;
using TinT.Compiler.Emission.Ilgpu.Launches;
using TinT.Compiler.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Model;
using TinT.Model.Runs;
using TinT.Runtime.Formulas;

namespace TinT.Accounting.Gpu;

/// <summary>What each kernel of a program launches on a GPU, with its cost as the generated code is written.</summary>
/// <param name="model">The model as GPU kernels run it.</param>
/// <param name="shapes">Forms of kernels.</param>
/// <param name="run">Tokens and training tokens.</param>
internal sealed class KernelLaunches(CompiledModel model, LaunchShapes shapes, PlannedRun run)
{
    private readonly int activationOperations = ElementOperations.Of(model.Spec.Auxiliary.Activation.Value);
    private readonly bool centred = NormFormulas.Of(model.Spec.Auxiliary.Norm.Name).IsCentred;
    private readonly AuxiliaryDescription auxiliary = model.Spec.Auxiliary.Model;

    private int GateGradientOperations => (3 * activationOperations) + ElementOperations.Difference + 2;

    /// <summary>Launches of a kernel, with what is fused to it.</summary>
    /// <param name="call">The call of the routine that it belongs to.</param>
    /// <param name="step">The kernel.</param>
    /// <exception cref="NotSupportedException">The cost of this kind of kernel is not known.</exception>
    public IEnumerable<GpuLaunch> Of(RoutineCall call, GpuStep step)
    {
        (Kernel kernel, Kernel? activation, _, _) = step;
        bool backward = call.Routine is RoutineKind.FinalNormBackward or RoutineKind.BackwardBlock;
        long rows = (backward ? run.TrainingTokens : run.Tokens) * kernel.Heads;
        string name = KernelNames.Of(kernel);
        long columns = kernel.Outputs.Count > 0 ? kernel.Outputs[0].Columns / kernel.Heads : 0;
        int adds = kernel.Residual is null ? 0 : 1;
        int biases = kernel.BiasShare == Share.None ? 0 : 1;
        switch (kernel.Kind)
        {
            case KernelKind.Embed:
                int tables = kernel.Parameters.Count;
                return [LaunchShapes.Elements(name, rows * columns, tables - 1 + (auxiliary.ScalesEmbeddings && Embed.HasTokens(kernel) ? 1 : 0), reads: 2 * tables)];
            case KernelKind.Copy:
                return [LaunchShapes.Elements(name, rows * columns, operations: 0, reads: 1)];
            case KernelKind.Add:
                return [LaunchShapes.Elements(name, rows * columns, operations: 1, reads: 2)];
            case KernelKind.Activation:
                return [LaunchShapes.Elements(name, rows * columns, activationOperations, reads: 1)];
            case KernelKind.ActivationBackward:
                return [LaunchShapes.Elements(name, rows * columns, (2 * activationOperations) + ElementOperations.Difference, reads: 2)];
            case KernelKind.Gate:
                return [LaunchShapes.Elements(name, rows * columns, activationOperations + 1, reads: 2)];
            case KernelKind.GateBackward:
                return [LaunchShapes.Elements(name, rows * columns, GateGradientOperations, reads: 3, writes: 2)];
            case KernelKind.Rotate or KernelKind.RotateBackward:
                return [LaunchShapes.Elements(RotateKernel.NameOf(model, kernel), rows * RotateKernel.PairsOf(model, kernel), operations: 6, reads: 5, writes: 2)];
            case KernelKind.SumGroups:
                return [LaunchShapes.Elements(name, rows * columns, auxiliary.GroupSize - 1, auxiliary.GroupSize)];
            case KernelKind.Normalize or KernelKind.Norm:
                return [Norm(name, kernel, rows, kernel.Inputs[0].Columns / kernel.Heads, biases)];
            case KernelKind.NormBackward:
                return [NormBackward(name, rows, columns, kernel.Parameters.Count > 0, adds)];
            case KernelKind.Linear:
                int activated = activation is null ? 0 : 1;
                return
                [
                    shapes.Product(
                        name, rows, columns, kernel.Inputs[0].Columns / kernel.Heads, biases + adds, 1 + activated, biases + adds + (activated * activationOperations)),
                ];
            case KernelKind.LinearBackward:
                (int reads, int writes, int operations) = activation?.Kind switch
                {
                    null => (0, 1, 0),
                    KernelKind.GateBackward => (2, 2, GateGradientOperations),
                    _ => (1, 1, (2 * activationOperations) + ElementOperations.Difference),
                };
                return [shapes.Product(name, rows, columns, kernel.Inputs[0].Columns / kernel.Heads, adds + reads, writes, adds + operations)];
            case KernelKind.LinearDescent:
                return [shapes.Product(name, kernel.Inputs[0].Columns / kernel.Heads, kernel.Inputs[1].Columns / kernel.Heads, rows, 1, 1, ElementOperations.Descent)];
            case KernelKind.BiasDescent:
                return [shapes.ColumnSums(name, rows, kernel.Inputs[0].Columns / kernel.Heads, reads: 1)];
            case KernelKind.LinearAttention:
                return [shapes.LinearAttention(name, rows, run.TrainingTokens, kernel.Inputs[1].Columns, columns)];
            case KernelKind.Attention:
                return [new AttentionLaunches(shapes, auxiliary, call.Layer).Forward(name, rows)];
            case KernelKind.AttentionBackward:
                return AttentionBackward(new AttentionLaunches(shapes, auxiliary, call.Layer), rows, AttentionBackwardKernels.IsExact(kernel));
            default:
                throw new NotSupportedException($"The accounting does not know what a GPU kernel of the kind {kernel.Kind} costs.");
        }
    }

    private static IEnumerable<GpuLaunch> AttentionBackward(AttentionLaunches attention, long rows, bool exact)
    {
        yield return attention.Statistics(AttentionBackwardKernels.Statistics, rows, exact);
        yield return attention.OfKeys("AttentionToValues", rows, slopes: false);
        if (!exact)
            yield break;
        yield return attention.OfQueries("AttentionToQueries", rows);
        yield return attention.OfKeys("AttentionToKeys", rows, slopes: true);
    }

    /// <summary>Turns over a row: the mean if it needs one, the squares of the deviations, and the results.</summary>
    private GpuLaunch Norm(string name, Kernel kernel, long rows, long width, int biases)
    {
        bool affine = kernel.Kind == KernelKind.Norm;
        bool keeps = kernel.Outputs.Count > 1;
        int factors = affine ? 1 + biases : 0;
        return shapes.Rows(
            name,
            rows,
            rows * (((ElementOperations.Normalization + factors) * width) + ElementOperations.NormalizationOfRow),
            rows * ((centred ? 3 : 2) + factors) * width,
            rows * ((((keeps ? 1 : 0) + (affine ? 1 : 0)) * width) + (keeps ? 1 : 0)));
    }

    /// <summary>As many turns over a row; every thread reads r for itself.</summary>
    private GpuLaunch NormBackward(string name, long rows, long width, bool gain, int adds)
    {
        int operations = ElementOperations.Normalization + ElementOperations.Difference + (gain ? 1 : 0) + adds;
        int reads = ((centred ? 3 : 2) * (gain ? 2 : 1)) + 2 + adds;
        return shapes.Rows(
            name,
            rows,
            rows * ((operations * width) + ElementOperations.NormalizationOfRow),
            rows * ((reads * width) + shapes.Tile.Threads),
            rows * width);
    }
}
