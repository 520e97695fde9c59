using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using TinT.Model.Runs;
using TinT.Runtime.Execution;
using TinT.Runtime.Ilgpu.Kernels;
using TinT.Runtime.Parameters;
using TinT.Runtime.Simulation;
using Integers = ILGPU.Runtime.ArrayView1D<int, ILGPU.Stride1D.Dense>;
using View = ILGPU.Runtime.ArrayView1D<float, ILGPU.Stride1D.Dense>;

namespace TinT.Runtime.Ilgpu;

/// <content>What generated launches take: the device, views of weights, buffers and results, and shapes of grids.</content>
public abstract partial class IlgpuSimulator
{
    /// <summary>The device, which compiles kernels.</summary>
    protected Accelerator Accelerator => accelerator;

    /// <summary>Whether the device takes the kernels for wide groups.</summary>
    protected bool HasWideGroups { get; }

    /// <summary>Whether cuBLAS computes plain products.</summary>
    protected bool HasCuBlas => products is not null;

    /// <summary>Places of the weights.</summary>
    protected ParameterTable Table => table;

    /// <summary>Weights as loaded.</summary>
    protected View Stored => stored.View;

    /// <summary>Weights written by the inner steps of the current sequence; nothing to be read or written in the dual form, unless changes of weights are wanted.</summary>
    protected View Updated => updated is null ? default : updated.View;

    /// <summary>Biases of norms written by the inner steps of the current sequence.</summary>
    protected View UpdatedOwn => updatedOwn.View;

    /// <summary>Inner steps, trained layers and learning rate of the run.</summary>
    protected InnerTraining Training { get; private set; }

    /// <summary>Whether passes after a step attend to its inputs and gradients instead of using updated copies of the weights.</summary>
    protected bool Dual => plan.IsDual(tokens);

    /// <summary>Inner learning rate.</summary>
    protected float LearningRate => (float)Training.LearningRate;

    /// <summary>Ids of the sequence's tokens, [T].</summary>
    protected Integers TokenIds => Batch.TokenIds.View.SubView(FirstToken, tokens);

    /// <summary>Positions of the sequence's tokens, [T].</summary>
    protected Integers Positions => Batch.Positions.View.SubView(FirstToken, tokens);

    /// <summary>Positions of the tokens that the backward pass covers, [R].</summary>
    protected Integers TrainedPositions => Batch.Positions.View.SubView(FirstToken + run.FirstTrainingRow, run.TrainingRows);

    /// <summary>Cosines of rotary positions, [positions, pairs].</summary>
    protected View Cosines => PositionTable.SubView(0, PositionTable.Length / 2);

    /// <summary>Sines of rotary positions, [positions, pairs].</summary>
    protected View Sines => PositionTable.SubView(PositionTable.Length / 2, PositionTable.Length / 2);

    /// <summary>Slopes of ALiBi, [heads].</summary>
    protected View Slopes => PositionTable;

    /// <summary>1 for rows of the backward pass that are trained, else 0, [R].</summary>
    protected View Trained => Batch.Trained.View.SubView(FirstToken + run.FirstTrainingRow, run.TrainingRows);

    /// <summary>ICL mask of the sequence, [T, T]; one float if there is none.</summary>
    protected View Mask => Masked == 0 ? Batch.Mask.View : Batch.Mask.View.SubView((long)run.Sequence * tokens * tokens, (long)tokens * tokens);

    /// <summary>1 if there is an ICL mask, else 0.</summary>
    protected int Masked => Batch.Masked ? 1 : 0;

    /// <summary>Attention statistics, a few floats for each head and row.</summary>
    protected View Statistics => Arena.SubView(plan.StatisticsStart(tokens, Training.Steps), (long)plan.StatisticsColumns * GpuArenaPlan.RoundUp(tokens));

    /// <summary>A row of the hidden state's width.</summary>
    protected View Row => Arena.SubView(plan.RowStart(tokens, Training.Steps), (long)plan.Width);

    /// <summary>Rows of logits that the head handles at once.</summary>
    protected int BlockRows => plan.BlockRows(tokens);

    private GpuBatch Batch => batch ?? throw new InvalidOperationException("No run is going on.");

    private View PositionTable => (positionTables ?? throw new InvalidOperationException("The model's positions are weights.")).View;

    private View Arena => (arena ?? throw new InvalidOperationException("No run is going on.")).View;

    private ArenaForm Form => new(Dual, Training.Steps);

    private long FirstToken => (long)run.Sequence * tokens;

    /// <summary>Keys that a query of a layer sees at most, its own included.</summary>
    /// <param name="layer">The layer.</param>
    protected int Window(int layer) => Description.Auxiliary.WindowOf(layer) is > 0 and int window ? Math.Min(window, tokens) : tokens;

    /// <summary>Where a trained layer keeps what its backward pass reads, in floats per token from the start of the arena.</summary>
    /// <param name="step">The step; later ones overwrite it.</param>
    /// <param name="depth">Trained layers below it.</param>
    protected long MemoryColumn(int step, int depth) => plan.Buffers.MemoryColumn(Form, step, depth);

    /// <summary>Where a trained layer keeps gradients of a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="depth">Trained layers below it.</param>
    protected long KeptGradientColumn(int step, int depth) => plan.Buffers.KeptGradientColumn(Form, step, depth);

    /// <summary>Where a trained layer keeps inputs of a step.</summary>
    /// <param name="step">The step; that behind the last keeps nothing.</param>
    /// <param name="depth">Trained layers below it.</param>
    protected long KeptInputColumn(int step, int depth) => plan.Buffers.KeptInputColumn(Form, step, depth);

    /// <summary>A buffer with one row per token.</summary>
    /// <param name="column">Floats per token before it in the arena.</param>
    /// <param name="columns">Floats per token.</param>
    protected View TokenRows(long column, int columns) => RowRange(column, columns, 0, tokens);

    /// <summary>A buffer with one row per row of the backward pass.</summary>
    /// <param name="column">Floats per token before it in the arena.</param>
    /// <param name="columns">Floats per row.</param>
    protected View TrainingRows(long column, int columns) => RowRange(column, columns, 0, run.TrainingRows);

    /// <summary>Rows of a buffer.</summary>
    /// <param name="column">Floats per token before it in the arena.</param>
    /// <param name="columns">Floats per row.</param>
    /// <param name="first">First row.</param>
    /// <param name="count">Number of rows.</param>
    protected View RowRange(long column, int columns, int first, int count) =>
        Arena.SubView((column * GpuArenaPlan.RoundUp(tokens)) + ((long)first * columns), (long)count * columns);

    /// <summary>Rows of a buffer that the backward pass covers.</summary>
    /// <param name="buffer">[T, columns].</param>
    /// <param name="columns">Floats per row.</param>
    protected View TrainedPart(View buffer, int columns) =>
        buffer.SubView((long)run.FirstTrainingRow * columns, (long)run.TrainingRows * columns);

    /// <summary>A buffer without the columns before one.</summary>
    /// <param name="buffer">The buffer.</param>
    /// <param name="column">The column.</param>
    protected static View From(View buffer, int column) => buffer.SubView(column, buffer.Length - column);

    /// <summary>Rows of the block of logits.</summary>
    /// <param name="first">First row.</param>
    /// <param name="count">Number of rows.</param>
    protected View HeadBlock(int first, int count) =>
        Arena.SubView(plan.HeadStart(tokens, Training.Steps) + ((long)first * plan.HeadColumns), (long)count * plan.HeadColumns);

    /// <summary>Sums over parts of the vocabulary in the loss gradient of rows of a block.</summary>
    /// <param name="rows">Number of rows.</param>
    protected View HeadPartSums(int rows) => Arena.SubView(plan.HeadPartsStart(tokens, Training.Steps), (long)plan.HeadParts * rows * plan.Width);

    /// <summary>Ids that rows predict.</summary>
    /// <param name="first">First row.</param>
    /// <param name="count">Number of rows.</param>
    protected Integers Targets(int first, int count) => Batch.Targets.View.SubView(FirstToken + first, (long)count);

    /// <summary>Factors of the loss gradient of rows.</summary>
    /// <param name="first">First row.</param>
    /// <param name="count">Number of rows.</param>
    protected View GradientWeights(int first, int count) => Batch.GradientWeights.View.SubView(FirstToken + first, (long)count);

    /// <summary>Factors of the targets' embeddings in the loss gradient of rows.</summary>
    /// <param name="first">First row.</param>
    /// <param name="count">Number of rows.</param>
    protected View TargetWeights(int first, int count) => Batch.TargetWeights.View.SubView(FirstToken + first, (long)count);

    /// <summary>Whether the logits of a pass are wanted.</summary>
    /// <param name="pass">The pass.</param>
    protected bool WantsLogits(HeadPass pass) => wantsLogits && pass != HeadPass.Between;

    /// <summary>Rows of the logits that the result holds.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="first">First row.</param>
    /// <param name="count">Number of rows.</param>
    protected View Logits(HeadPass pass, int first, int count) =>
        (pass == HeadPass.Before ? Batch.LogitsBefore : Batch.LogitsAfter).View.SubView(
            (FirstToken + first) * plan.HeadColumns, (long)count * plan.HeadColumns);

    /// <summary>What the losses of rows are computed from.</summary>
    /// <param name="pass">The pass; what one between steps writes is not read.</param>
    /// <param name="first">First row.</param>
    /// <param name="count">Number of rows.</param>
    protected View Losses(HeadPass pass, int first, int count) => pass switch
    {
        HeadPass.Before => Batch.LossesBefore.View.SubView((FirstToken + first) * GpuBatch.LossColumns, (long)count * GpuBatch.LossColumns),
        HeadPass.After => Batch.LossesAfter.View.SubView((FirstToken + first) * GpuBatch.LossColumns, (long)count * GpuBatch.LossColumns),
        _ => Batch.LossesBetween.View.SubView((long)first * GpuBatch.LossColumns, (long)count * GpuBatch.LossColumns),
    };

    /// <summary>A product by cuBLAS: result = left · right, all with their rows one behind the other.</summary>
    /// <param name="left">[rows, terms].</param>
    /// <param name="leftStride">Floats from one row of it to the next.</param>
    /// <param name="right">[terms, columns], or if transposed [columns, terms].</param>
    /// <param name="rightStride">Floats from one row of it to the next.</param>
    /// <param name="transposed">Whether the right operand is transposed.</param>
    /// <param name="result">[rows, columns].</param>
    /// <param name="resultStride">Floats from one row of it to the next.</param>
    /// <param name="rows">Rows of the result.</param>
    /// <param name="columns">Columns of the result.</param>
    /// <param name="terms">Terms of the sums.</param>
    /// <exception cref="InvalidOperationException">The simulator was loaded without cuBLAS.</exception>
    protected void Multiply(
        View left, int leftStride, View right, int rightStride, bool transposed, View result, int resultStride, int rows, int columns, int terms)
    {
        IGemm library = products ?? throw new InvalidOperationException("This simulator was loaded without cuBLAS.");

        // Matrices of the library have their columns one behind the other: what lies here as rows is there the transpose, and so the operands change places.
        library.Multiply(
            transposed ? CuBlasOperation.Transpose : CuBlasOperation.NonTranspose,
            CuBlasOperation.NonTranspose,
            columns,
            rows,
            terms,
            right.BaseView,
            rightStride,
            left.BaseView,
            leftStride,
            result.BaseView,
            resultStride);
    }

    /// <summary>One group for each tile of a product.</summary>
    /// <param name="columns">Columns of the result.</param>
    /// <param name="rows">Rows of the result.</param>
    /// <param name="parts">Parts of the terms, each with groups of its own.</param>
    protected KernelConfig ProductTiles(int columns, int rows, int parts = 1) =>
        new(new Index2D((columns + shape.ProductColumns - 1) / shape.ProductColumns * parts, (rows + shape.ProductRows - 1) / shape.ProductRows), Threads);

    /// <summary>One group for some tiles of linear attention side by side.</summary>
    /// <param name="columns">Columns of the result.</param>
    /// <param name="rows">Rows of the result.</param>
    protected KernelConfig LinearAttentionTiles(int columns, int rows) =>
        new(new Index2D((TilesOf(columns) + LinearAttention.TilesAcross - 1) / LinearAttention.TilesAcross, TilesOf(rows)), Threads);

    /// <summary>One group for each tile of rows, head and part of a head's columns.</summary>
    /// <param name="rows">Queries or keys.</param>
    /// <param name="heads">Heads.</param>
    /// <param name="headSize">Columns of a head's result.</param>
    protected KernelConfig AttentionTiles(int rows, int heads, int headSize) => new(new Index2D(heads * TilesOf(headSize), TilesOf(rows)), Threads);

    /// <summary>One group for each row.</summary>
    /// <param name="rows">Rows.</param>
    protected KernelConfig RowGroups(int rows) => new(rows, shape.Threads);

    /// <summary>One group for some columns side by side.</summary>
    /// <param name="columns">Columns.</param>
    protected KernelConfig ColumnGroups(int columns) => new(new Index2D((columns + shape.ThreadColumns - 1) / shape.ThreadColumns, 1), Threads);

    private Index2D Threads => new(shape.ThreadColumns, shape.ThreadRows);

    private int TilesOf(int length) => (length + shape.TileSize - 1) / shape.TileSize;
}
