using System.Numerics;
using System.Numerics.Tensors;
using TinT.Compiler.Construction;
using TinT.Literal.Modules;
using TinT.Literal.Primitives;
using TinT.Reference.Matrices;

namespace TinT.Literal.Simulator;

/// <summary>
/// Runs blocks of the graph over one sequence. Between modules, residual connections carry what a transformer would carry in its
/// stream: each module's prefix, and the memory that a forward module leaves for its backward module at the top of the tokens.
/// </summary>
/// <typeparam name="T">Element type.</typeparam>
/// <param name="layout">The simulator.</param>
/// <param name="run">Position codes and masks.</param>
/// <param name="parameters">Parameters of the block that runs.</param>
/// <param name="prefixes">The auxiliary weights; descents replace them.</param>
internal sealed class LiteralPass<T>(LiteralLayout layout, LiteralRun<T> run, BlockParameters<T> parameters, PrefixMatrices<T> prefixes)
    where T : IFloatingPointIeee754<T>
{
    private readonly ConstructionSettings construction = layout.Construction;
    private readonly Dictionary<(int Layer, string Module, MemorySlot Slot), Matrix<T>> memories = [];

    /// <summary>Runs forward modules.</summary>
    /// <param name="block">Their literal modules.</param>
    /// <param name="modules">The modules in order.</param>
    /// <param name="layer">Layer whose prefixes they read.</param>
    /// <param name="hidden">The signal in front of the first module, [T, D].</param>
    /// <returns>The signal behind the last module, [T, D].</returns>
    public Matrix<T> Forward(LiteralBlock block, IReadOnlyList<SimulatorModule> modules, int layer, Matrix<T> hidden)
    {
        run.Parameters = parameters.Of(block);
        Dictionary<string, Matrix<T>> signals = new(StringComparer.Ordinal) { [modules[0].Input[0]] = hidden };
        foreach (SimulatorModule module in modules)
        {
            if (module.Kind == ModuleKind.Residual)
            {
                signals[module.Output] = Sum(signals, module);
                continue;
            }

            Matrix<T> output;
            if (module.Kind == ModuleKind.Attention)
            {
                Matrix<T> projected = Embed(null, [.. module.Input.Select(signal => signals[signal])]);
                output = block.Attention.Attend(run, projected, Embed(null, signals[Signals.AttentionInput]));
            }
            else
            {
                output = block[module].Run(run, Embed(Prefix(layer, module), signals[module.Input[0]]));
            }

            signals[module.Output] = Tokens(output, 0);
            foreach (MemorySlot slot in module.Memory)
                memories[(layer, ForwardModule(module), slot)] = Tokens(output, slot.Start);
        }

        return signals[modules[^1].Output];
    }

    /// <summary>Runs backward and descent modules.</summary>
    /// <param name="block">Their literal modules.</param>
    /// <param name="modules">The modules in order.</param>
    /// <param name="layer">Layer whose prefixes they read and change.</param>
    /// <param name="gradient">The gradient in front of the first module, [T, D].</param>
    /// <returns>The gradient behind the last module that has one, [T, D].</returns>
    public Matrix<T> Backward(LiteralBlock block, IReadOnlyList<SimulatorModule> modules, int layer, Matrix<T> gradient)
    {
        run.Parameters = parameters.Of(block);
        Dictionary<string, Matrix<T>> signals = new(StringComparer.Ordinal) { [modules[0].Input[0]] = gradient };
        foreach (SimulatorModule module in modules)
        {
            if (module.Kind == ModuleKind.Residual)
            {
                signals[module.Output] = Sum(signals, module);
                continue;
            }

            Matrix<T> input = Embed(Prefix(layer, module), signals[module.Input[0]]);
            foreach (MemorySlot slot in module.Memory)
                Remember(memories[(layer, ForwardModule(module), slot)], slot, input);

            if (module.Kind == ModuleKind.Attention && block.ScoreBackward is { } scores)
                PassScores(scores, layer, input, signals);
            Matrix<T> output = block[module].Run(run, input);
            if (module.Direction == Direction.Descent)
                prefixes[layer, module.Matrix!] = new Matrix<T>(run.PrefixCount, output.Columns, output.Values);
            else
                signals[module.Output] = Tokens(output, 0);
        }

        return signals[modules.Last(module => module.Direction != Direction.Descent).Output];
    }

    /// <summary>The forward module whose memory a module leaves or reads.</summary>
    private static string ForwardModule(SimulatorModule module) => module switch
    {
        { Kind: ModuleKind.Activation, Direction: Direction.Forward } => module.Input[0],
        { Kind: ModuleKind.Activation } => module.Input[1],
        _ when LiteralBlock.IsPartOfAttention(module) => ModuleNames.Attention,
        _ => $"{module.Name}[{module.Matrix!.Copy}]",
    };

    /// <summary>With exact scores, the gradients of q and k.</summary>
    private void PassScores(AttentionScoreBackward scores, int layer, Matrix<T> input, Dictionary<string, Matrix<T>> signals)
    {
        PrefixMatrix value = layout.Graph.ForwardBlock.First(module => module.Name == ModuleNames.Value).Matrix!;
        prefixes[layer, value].AsSpan().CopyTo(input.AsSpan());
        Matrix<T> output = scores.Run(run, input);
        signals[Signals.Gradient(Signals.Query)] = Tokens(output, 0);
        signals[Signals.Gradient(Signals.Key)] = Tokens(output, construction.AuxiliarySize);
    }

    private Matrix<T>? Prefix(int layer, SimulatorModule module) => module.Matrix is { } matrix ? prefixes[layer, matrix] : null;

    /// <summary>Embeddings with a prefix, and with signals one after another in the tokens.</summary>
    private Matrix<T> Embed(Matrix<T>? prefix, params ReadOnlySpan<Matrix<T>> signals)
    {
        Matrix<T> embeddings = new(run.PositionCount, construction.HiddenSize);
        prefix?.AsSpan().CopyTo(embeddings.AsSpan());
        for (int index = 0; index < signals.Length; index++)
        {
            int width = signals[index].Columns;
            for (int token = 0; token < signals[index].Rows; token++)
                signals[index].Row(token).CopyTo(embeddings.Row(run.PrefixCount + token, index * width, width));
        }

        return embeddings;
    }

    /// <summary>Puts what a forward module kept into the same coordinates of the tokens.</summary>
    private void Remember(Matrix<T> kept, MemorySlot slot, Matrix<T> embeddings)
    {
        for (int token = 0; token < kept.Rows; token++)
            kept.Row(token).CopyTo(embeddings.Row(run.PrefixCount + token, slot.Start, slot.Width));
    }

    /// <summary>A D-wide signal of the tokens.</summary>
    private Matrix<T> Tokens(Matrix<T> embeddings, int start)
    {
        Matrix<T> tokens = new(run.PositionCount - run.PrefixCount, construction.AuxiliarySize);
        for (int token = 0; token < tokens.Rows; token++)
            embeddings.Row(run.PrefixCount + token, start, tokens.Columns).CopyTo(tokens.Row(token));
        return tokens;
    }

    private static Matrix<T> Sum(Dictionary<string, Matrix<T>> signals, SimulatorModule module)
    {
        Matrix<T> first = signals[module.Input[0]];
        Matrix<T> sum = new(first.Rows, first.Columns);
        foreach (string signal in module.Input)
            TensorPrimitives.Add(sum.AsSpan(), signals[signal].AsSpan(), sum.AsSpan());
        return sum;
    }
}
