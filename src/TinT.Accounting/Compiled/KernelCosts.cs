using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs;
using TinT.Runs;
using TinT.Runtime.Cpu;
using TinT.Runtime.Execution;

namespace TinT.Accounting.Compiled;

/// <summary>Cost of one call of each kind of kernel, from its operands and parameters.</summary>
/// <param name="spec">The spec.</param>
/// <param name="parameters">Weights the kernels read.</param>
/// <param name="buffers">Buffers they work in.</param>
/// <param name="run">Tokens T and training tokens R.</param>
/// <param name="allLogits">Whether logits of every row are in memory.</param>
internal sealed class KernelCosts(ModelSpec spec, ParameterLayout parameters, BufferPlan buffers, PlannedRun run, bool allLogits)
{
    private readonly Dictionary<string, Parameter> parameterByName = parameters.Parameters.ToDictionary(parameter => parameter.Name);

    /// <summary>Cost of a call.</summary>
    /// <param name="routine">Routine the kernel belongs to.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="head">For the head, what the pass is for.</param>
    /// <exception cref="NotSupportedException">The cost of this kind of kernel is not known.</exception>
    public OperationCost Of(RoutineKind routine, Kernel kernel, HeadPass? head)
    {
        bool backward = routine is RoutineKind.FinalNormBackward or RoutineKind.BackwardBlock;
        long rows = backward ? run.TrainingTokens : run.Tokens;
        long outputs = kernel.Outputs.Count > 0 ? rows * kernel.Outputs[0].Columns : 0;
        OperationCost moved = Moved(kernel, rows);
        OperationCost work = kernel.Kind switch
        {
            KernelKind.Embed => OperationCost.Of(elements: outputs, parametersRead: 2 * outputs),
            KernelKind.Copy => default,
            KernelKind.Normalize => Normalization(rows, outputs),
            KernelKind.LayerNorm => Normalization(rows, outputs)
                + OperationCost.Of(elements: ElementOperations.GainAndBias * outputs, parametersRead: Weight(kernel).Length + Bias(kernel).Length),
            KernelKind.Linear => Product(kernel, rows)
                + OperationCost.Of(elements: (kernel.Residual is null ? 1 : 2) * outputs, parametersRead: Bias(kernel).Length),
            KernelKind.Add => OperationCost.Of(elements: (kernel.Inputs.Count - 1) * outputs),
            KernelKind.Attention => Attention(outputs),
            KernelKind.Activation => OperationCost.Of(elements: Activation * outputs),
            KernelKind.Head => Head(kernel, head ?? throw new ArgumentNullException(nameof(head))),
            KernelKind.LinearBackward => Product(kernel, rows),
            KernelKind.LinearDescent => Product(kernel, rows) + Descent(Weight(kernel).Length),
            KernelKind.BiasDescent => OperationCost.Of(elements: rows * Bias(kernel).Length, parametersRead: Bias(kernel).Length) + Descent(Bias(kernel).Length),
            KernelKind.ActivationBackward => OperationCost.Of(elements: ((2 * Activation) + ElementOperations.Difference) * outputs),
            KernelKind.NormBackward => NormBackward(kernel, rows, outputs),
            KernelKind.AttentionBackward => AttentionBackward(kernel),
            KernelKind.LinearAttention => LinearAttention(kernel, rows),
            _ => throw new NotSupportedException($"The accounting does not know what a kernel of the kind {kernel.Kind} costs."),
        };
        OperationCost cost = kernel.Kind is KernelKind.Head or KernelKind.LinearAttention ? work : work + moved;
        return cost with { ParameterBytesRead = cost.ParameterBytesRead - BytesSaved(kernel, cost) };
    }

    /// <summary>Bytes that a call reads less of weights stored in 16 bits than of copies in single precision.</summary>
    /// <param name="kernel">A kernel that reads one matrix.</param>
    public long BytesSaved(Kernel kernel) => BytesSaved(kernel, default);

    /// <summary>Whether a kernel reads weights that have updated copies.</summary>
    /// <param name="kernel">The kernel.</param>
    public bool ReadsTrained(Kernel kernel) =>
        ReadsMatrix(kernel) && Weight(kernel).Region is ParameterRegion.TrainedBlock or ParameterRegion.TrainedModel;

    private static bool ReadsMatrix(Kernel kernel) => kernel.Kind is KernelKind.Linear or KernelKind.LinearBackward or KernelKind.LinearDescent;

    /// <summary>Half of what is read of matrices: the embedding and the head read nothing else.</summary>
    private long BytesSaved(Kernel kernel, OperationCost full)
    {
        if (run.Weights == WeightStorage.SinglePrecision)
            return 0;
        if (kernel.Kind is KernelKind.Embed or KernelKind.Head)
            return full.ParameterBytesRead / 2;
        return ReadsMatrix(kernel) && Weight(kernel).IsNarrowable ? Weight(kernel).Length * OperationCost.NumberBytes / 2 : 0;
    }

    private int Activation => ElementOperations.Of(spec.Auxiliary.Activation.Value);

    private Parameter Weight(Kernel kernel) => parameterByName[PlanParameters.WeightName(kernel)];

    private Parameter Bias(Kernel kernel) => parameterByName[PlanParameters.BiasName(kernel)];

    /// <summary>Every operand once, with as many rows as the pass has.</summary>
    private static OperationCost Moved(Kernel kernel, long rows) => OperationCost.Of(
        read: rows * kernel.Reads.Sum(operand => (long)operand.Columns), written: rows * kernel.Outputs.Sum(operand => (long)operand.Columns));

    /// <summary>2 · rows · in · out; W is read once.</summary>
    private OperationCost Product(Kernel kernel, long rows)
    {
        long length = Weight(kernel).Length;
        return OperationCost.Of(products: 2 * rows * length, parametersRead: length);
    }

    /// <summary>w − lr Σ for every weight; reading them is counted by the product.</summary>
    private static OperationCost Descent(long length) => OperationCost.Of(elements: ElementOperations.Descent * length, parametersWritten: length);

    private static OperationCost Normalization(long rows, long elements) => OperationCost.Of(
        elements: (ElementOperations.Normalization * elements) + (ElementOperations.NormalizationOfRow * rows));

    /// <summary>N (LN₀(x + ∂y∘gain/N) − x̂), with the gain here unless it is a matrix of its own, and the residual.</summary>
    private OperationCost NormBackward(Kernel kernel, long rows, long elements)
    {
        long gain = kernel.Parameters.Count > 0 ? Weight(kernel).Length : 0;
        int each = ElementOperations.Difference + (gain > 0 ? 1 : 0) + (kernel.Residual is null ? 0 : 1);
        return Normalization(rows, elements) + OperationCost.Of(elements: each * elements, parametersRead: gain);
    }

    /// <summary>Scores and A v for the keys up to each query.</summary>
    private OperationCost Attention(long outputs)
    {
        long pairs = CausalPairs(run.Tokens);
        return OperationCost.Of(
            products: 2 * 2 * pairs * spec.Auxiliary.HiddenSize,
            elements: (ElementOperations.Softmax * pairs * spec.Auxiliary.HeadCount) + outputs);
    }

    /// <summary>Scores again, ∂v = Aᵀ ∂c and, with exact scores, ∂A = ∂c vᵀ, ∂q = ∂S k and ∂k = ∂Sᵀ q; the training part comes first.</summary>
    private OperationCost AttentionBackward(Kernel kernel)
    {
        long pairs = CausalPairs(run.TrainingTokens);
        bool exact = kernel.Outputs.Count > 1;
        return OperationCost.Of(
            products: 2 * (exact ? 5 : 2) * pairs * spec.Auxiliary.HiddenSize,
            elements: (ElementOperations.Softmax + 1 + (exact ? ElementOperations.ThroughSoftmax : 0)) * pairs * spec.Auxiliary.HeadCount);
    }

    /// <summary>Scores of all rows with the training rows of one earlier step, + c, · −lr, and their product with the values, added to the result.</summary>
    private OperationCost LinearAttention(Kernel kernel, long rows)
    {
        long keys = kernel.Inputs[1].Columns;
        long values = kernel.Inputs[2].Columns;
        return OperationCost.Of(
            products: 2 * rows * run.TrainingTokens * (keys + values),
            elements: (2 * rows * run.TrainingTokens) + (rows * values),
            read: (rows * (keys + values)) + (run.TrainingTokens * (keys + values)),
            written: rows * values);
    }

    /// <summary>
    /// Losses of the rows of which nothing else is wanted, whose logits are not in memory; logits of the others block by block, which reads E for every block;
    /// their softmax; and unless the pass is the last, the gradient of the training rows.
    /// </summary>
    private OperationCost Head(Kernel kernel, HeadPass pass)
    {
        long width = kernel.Inputs[0].Columns;
        long vocabulary = buffers.HeadColumns;
        long weights = vocabulary * width;
        bool mean = spec.Training.Loss.Value == LossFunction.MeanEmbedding;
        long gradientRows = pass == HeadPass.After ? 0 : run.TrainingTokens;
        bool told = pass != HeadPass.Between;
        long made = allLogits && told ? run.Tokens : mean ? 0 : gradientRows;
        OperationCost cost = default;
        if (made > 0)
        {
            long coefficients = mean ? 0 : gradientRows * vocabulary;
            cost += OperationCost.Of(
                products: 2 * made * weights,
                elements: ((ElementOperations.Softmax - 1) * made * vocabulary) + coefficients,
                parametersRead: Blocks(made) * weights,
                read: (made * width) + (made * vocabulary),
                written: (made * vocabulary) + coefficients);
        }

        // The last row has no target.
        long lossOnly = told ? Math.Max(0, run.Tokens - 1 - made) : 0;
        if (lossOnly > 0)
        {
            cost += OperationCost.Of(
                products: 2 * lossOnly * weights,
                elements: (ElementOperations.Softmax - 1) * lossOnly * vocabulary,
                parametersRead: weights,
                read: lossOnly * width,
                written: lossOnly);
        }

        if (gradientRows == 0)
            return cost;
        cost += mean
            ? OperationCost.Of(products: 2 * weights, elements: gradientRows * width, parametersRead: weights, read: vocabulary, written: gradientRows * width)
            : OperationCost.Of(products: 2 * gradientRows * weights, parametersRead: Blocks(gradientRows) * weights, read: gradientRows * vocabulary, written: gradientRows * width);

        // − E[target].
        return cost + OperationCost.Of(elements: 2 * gradientRows * width, parametersRead: gradientRows * width, read: gradientRows * width, written: gradientRows * width);
    }

    private long Blocks(long rows) => (rows + buffers.HeadRows - 1) / buffers.HeadRows;

    /// <summary>Pairs of a query and a key that is not behind it.</summary>
    private static long CausalPairs(long tokens) => tokens * (tokens + 1) / 2;
}
