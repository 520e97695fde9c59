using TinT.Compiler.Kernels;
using TinT.Model.Runs;
using TinT.Runtime.Cpu;
using TinT.Runtime.Cpu.Threads;

namespace TinT.Accounting.Kernels;

/// <summary>
/// Losses of the rows of which nothing else is wanted, whose logits are not in memory; logits of the others block by block, which reads E for every block;
/// their softmax; and unless the pass is the last, the gradient of the training rows.
/// </summary>
internal sealed class HeadAccount : KernelAccount
{
    public static KernelAccount Instance { get; } = new HeadAccount();

    public override bool ReadsTables => true;

    public override bool MovesOperands => false;

    public override OperationCost Work(KernelRun run)
    {
        HeadPass pass = run.Head ?? throw new ArgumentException("The head's cost depends on what the pass is for.", nameof(run));
        long width = run.Columns(0);
        long vocabulary = run.Buffers.HeadColumns;
        long weights = vocabulary * width;
        bool mean = Head.IsMean(run.Spec);
        long gradientRows = pass == HeadPass.After ? 0 : run.Run.TrainingTokens;
        bool told = pass != HeadPass.Between;
        int capped = run.Spec.Auxiliary.Model.LogitCap is null ? 0 : 1;
        long made = run.AllLogits && told ? run.Run.Tokens : mean ? 0 : gradientRows;
        OperationCost cost = default;
        if (made > 0)
        {
            long coefficients = mean ? 0 : gradientRows * vocabulary;
            cost += OperationCost.Of(
                products: 2 * made * weights,
                elements: ((ElementOperations.Softmax - 1 + (capped * ElementOperations.Cap)) * made * vocabulary)
                    + ((1 + (capped * ElementOperations.CapSlope)) * coefficients),
                parametersRead: Blocks(run, made) * weights,
                read: (made * width) + (made * vocabulary),
                written: (made * vocabulary) + coefficients);
        }

        // The last row has no target.
        long lossOnly = told ? Math.Max(0, run.Run.Tokens - 1 - made) : 0;
        if (lossOnly > 0)
        {
            cost += OperationCost.Of(
                products: 2 * lossOnly * weights,
                elements: (ElementOperations.Softmax - 1 + (capped * ElementOperations.Cap)) * lossOnly * vocabulary,
                parametersRead: weights,
                read: lossOnly * width,
                written: lossOnly);
        }

        if (gradientRows == 0)
            return cost;
        cost += mean
            ? OperationCost.Of(products: 2 * weights, elements: gradientRows * width, parametersRead: weights, read: vocabulary, written: gradientRows * width)
            : OperationCost.Of(products: 2 * gradientRows * weights, parametersRead: Blocks(run, gradientRows) * weights, read: gradientRows * vocabulary, written: gradientRows * width);

        // − E[target], which is among the coefficients where logits are bounded.
        return capped > 0 ? cost : cost + OperationCost.Of(
            elements: 2 * gradientRows * width, parametersRead: gradientRows * width, read: gradientRows * width, written: gradientRows * width);
    }

    public override ScratchSize Scratch(KernelRun run, ScratchRun memory)
    {
        int trained = run.Run.TrainingTokens;
        int width = run.Columns(0);
        int vocabulary = run.Buffers.HeadColumns;
        bool mean = Head.IsMean(run.Spec);
        ScratchSize Logits(int rows) => OperationScratch.Linear(Math.Min(rows, run.Buffers.HeadRows), width, vocabulary, memory.Threads);
        ScratchSize head = memory.Logits
            ? Logits(run.Run.Tokens)
            : OperationScratch.LinearCrossEntropy(memory.Together * (run.Run.Tokens - 1), width, vocabulary);
        if (trained == 0)
            return head;
        if (!mean)
            head = head.Or(Logits(trained));

        // Whole blocks of rows, and what is left of the training rows behind them.
        IEnumerable<int> rows = mean ? [1] : [Math.Min(trained, run.Buffers.HeadRows), trained % run.Buffers.HeadRows];
        return rows.Aggregate(head, (size, count) => size.Or(OperationScratch.LinearBackward(count, width, vocabulary, memory.Threads)));
    }

    private static long Blocks(KernelRun run, long rows) => (rows + run.Buffers.HeadRows - 1) / run.Buffers.HeadRows;
}
