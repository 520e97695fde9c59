using TinT.Accounting.Launches;
using TinT.Compiler.Emission.Ilgpu.Kernels;
using TinT.Compiler.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Specs;
using TinT.Model.Parameters;
using TinT.Model.Runs;
using TinT.Runtime.Execution;

namespace TinT.Accounting.Gpu;

/// <summary>Launches of a pass through the head: logits, losses and loss gradient of a block of rows at a time.</summary>
/// <param name="model">The model as GPU kernels run it.</param>
/// <param name="shapes">Forms of kernels.</param>
/// <param name="arena">The arena, which has room for one block.</param>
/// <param name="run">Tokens and training tokens.</param>
internal sealed class HeadLaunches(CompiledModel model, LaunchShapes shapes, GpuArenaPlan arena, PlannedRun run)
{
    private readonly long width = model.Spec.Auxiliary.Model.EmbeddingSize;
    private readonly int biases = model.Spec.Auxiliary.Model.Has(ParameterKind.HeadBias) ? 1 : 0;
    private readonly long vocabulary = model.Spec.Auxiliary.VocabularySize;
    private readonly int parts = HeadKernels.Parts(model);
    private readonly LossFunction loss = model.Spec.Training.Loss.Value;
    private readonly bool mean = Head.IsMean(model.Spec);
    private readonly bool capped = model.Spec.Auxiliary.Model.LogitCap is not null;

    /// <summary>Launches of a pass, without copies of logits for the caller.</summary>
    /// <param name="pass">What the pass is for.</param>
    public IEnumerable<GpuLaunch> Of(HeadPass pass)
    {
        bool descends = pass != HeadPass.After && run.TrainingTokens > 0;
        long rowCount = pass == HeadPass.Between ? run.TrainingTokens : run.Tokens;
        long blockRows = arena.BlockRows(run.Tokens);
        for (long first = 0; first < rowCount && !(mean && pass == HeadPass.Between); first += blockRows)
        {
            long rows = Math.Min(blockRows, rowCount - first);
            int finish = biases + (capped ? ElementOperations.Cap : 0);
            yield return shapes.Product("HeadLogits", rows, vocabulary, width, reads: biases, writes: 1, finish);
            yield return LossRows(first, rows, descends);
            long trainingRows = Math.Min(first + rows, run.TrainingTokens) - first;
            if (!descends || trainingRows <= 0 || mean)
                continue;
            yield return shapes.Product("HeadGradient", trainingRows, width, vocabulary, reads: 0, writes: 1, operations: 0, parts);
            if (!capped)
                yield return LaunchShapes.Elements("SubtractTargets", trainingRows * width, operations: 1 + parts, reads: 3 + parts);
            else if (parts > 1)
                yield return LaunchShapes.Elements("SumParts", trainingRows * width, operations: parts, reads: parts);
        }

        if (!descends || !mean)
            yield break;
        yield return shapes.ColumnSums("MeanEmbedding", vocabulary, width, reads: 0);
        yield return LaunchShapes.Elements("SubtractTargets", run.TrainingTokens * width, operations: 2, reads: 5);
    }

    /// <summary>
    /// Two turns over the logits of a row, and the target and its logit. Coefficients take another, in which every thread reads the row's
    /// factor, and those of the softmax the logits again unless the factor is 0. Of bounded logits every thread reads target and its factor too, and all read
    /// each logit once more, for its slope; the mean's coefficients do not need it.
    /// </summary>
    private GpuLaunch LossRows(long first, long rows, bool descends)
    {
        long reads = rows * ((2 * vocabulary) + 2);
        long writes = 3 * rows;
        long operations = (ElementOperations.Softmax - 1) * rows * vocabulary;
        if (!mean && descends)
        {
            long factors = loss switch
            {
                LossFunction.Softmax => Math.Clamp(RowsWithTarget - first, 0, rows),
                LossFunction.Quadratic => rows,
                _ => 0,
            };
            reads += (rows * shapes.Tile.Threads) + (factors * vocabulary);
            writes += rows * vocabulary;
            operations += factors * vocabulary;
            if (capped)
            {
                reads += rows * ((2 * shapes.Tile.Threads) + vocabulary);
                operations += (ElementOperations.CapSlope + 1) * rows * vocabulary;
            }
        }

        return shapes.Rows("LossRows", rows, operations, reads, writes);
    }

    /// <summary>Rows whose loss has a gradient: the first of those that train, up to the last whose target trains as well.</summary>
    private long RowsWithTarget =>
        run.TrainingTokens == run.Tokens && model.Spec.Training.Compatibility.Value == Compatibility.Authors ? run.TrainingTokens : run.TrainingTokens - 1;
}
