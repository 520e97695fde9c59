using System.Numerics;
using System.Numerics.Tensors;
using TinT.Literal.Schedule;
using TinT.Literal.Simulator;
using TinT.Reference.Matrices;

namespace TinT.Literal.Execution;

/// <summary>
/// Runs the modules of a schedule over one sequence. Between modules, residual connections carry what a transformer would carry in its
/// stream: each module's prefix, and the memory that a forward module leaves for its backward module at the top of the tokens.
/// </summary>
/// <typeparam name="T">Element type.</typeparam>
/// <param name="construction">Sizes.</param>
/// <param name="run">Position codes and masks.</param>
/// <param name="parameters">Parameters of the block that runs.</param>
/// <param name="prefixes">The auxiliary weights; descents replace them.</param>
internal sealed class LiteralPass<T>(ConstructionSettings construction, LiteralRun<T> run, BlockParameters<T> parameters, PrefixMatrices<T> prefixes)
    where T : IFloatingPointIeee754<T>
{
    private readonly Dictionary<string, Matrix<T>> signals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Matrix<T>> memories = new(StringComparer.Ordinal);
    private LiteralBlock? block;

    /// <summary>A signal, [T, D].</summary>
    /// <param name="name">Its name.</param>
    public Matrix<T> this[string name]
    {
        get => signals[name];
        set => signals[name] = value;
    }

    /// <summary>Runs a module.</summary>
    public void Run(ModuleCall call)
    {
        if (block != call.Block)
        {
            block = call.Block;
            run.Parameters = parameters.Of(block);
        }

        Matrix<T> input = run.Scratch.Take(run.PositionCount, construction.HiddenSize);
        if (call.Matrix is { } matrix)
            prefixes.CopyTo(call.Layer, matrix, input);
        foreach ((string signal, int start) in call.Inputs)
            CopyToTokens(signals[signal], input, start);
        foreach (MemoryPlace place in call.MemoryRead)
            CopyToTokens(memories[place.Name], input, place.Slot.Start);

        Matrix<T> output = call.Module.Run(run, input);
        foreach ((string signal, int start) in call.Outputs)
            signals[signal] = Tokens(output, start, construction.AuxiliarySize);
        foreach (MemoryPlace place in call.MemoryWritten)
            memories[place.Name] = Tokens(output, place.Slot.Start, place.Slot.Width);
        if (call.ReplacesPrefix)
            prefixes.Replace(call.Layer, call.Matrix!, output);
        run.Scratch.ReturnAll();
    }

    /// <summary>Adds signals.</summary>
    public void Run(SumStep step)
    {
        Matrix<T> first = signals[step.Inputs[0]];
        Matrix<T> sum = new(first.Rows, first.Columns);
        foreach (string signal in step.Inputs)
            TensorPrimitives.Add(sum.AsSpan(), signals[signal].AsSpan(), sum.AsSpan());
        signals[step.Output] = sum;
    }

    private void CopyToTokens(Matrix<T> values, Matrix<T> embeddings, int start)
    {
        for (int token = 0; token < values.Rows; token++)
            values.Row(token).CopyTo(embeddings.Row(run.PrefixCount + token)[start..]);
    }

    private Matrix<T> Tokens(Matrix<T> embeddings, int start, int width)
    {
        Matrix<T> tokens = new(run.PositionCount - run.PrefixCount, width);
        for (int token = 0; token < tokens.Rows; token++)
            embeddings.Row(run.PrefixCount + token).Slice(start, width).CopyTo(tokens.Row(token));
        return tokens;
    }
}
