using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs;

namespace TinT.Compiler.Construction;

/// <summary>Spec → the TinT layer graph.</summary>
public static class BuildLayerGraph
{
    /// <summary>Builds the graph; every spec that passed the shape rules has one.</summary>
    public static LayerGraph Run(ModelSpec spec)
    {
        var modules = new ModuleFactory(spec);
        return new LayerGraph(
            spec,
            SplitHeads(spec),
            EquatableArray.Create(ModuleFactory.Token(ModuleKind.Embedding, ModuleNames.Embedding, [], Signals.Hidden, spec.Auxiliary.VocabularySize.Span)),
            ForwardBlock(modules).ToEquatableArray(),
            modules.NormForward(ModuleNames.FinalNorm, Signals.FinalNorm, Signals.Hidden, Signals.HeadInput).ToEquatableArray(),
            EquatableArray.Create(ModuleFactory.Token(ModuleKind.LossGradient, ModuleNames.Head, [Signals.HeadInput], Signals.Gradient(Signals.HeadInput), spec.Training.Loss.Span)),
            modules.NormBackward(ModuleNames.FinalNorm, Signals.FinalNorm, Signals.Hidden, Signals.Gradient(Signals.HeadInput), Signals.Gradient(Signals.Hidden)).ToEquatableArray(),
            BackwardBlock(modules).ToEquatableArray());
    }

    private static HeadSplit SplitHeads(ModelSpec spec)
    {
        int headSize = spec.Simulator.PrefixTokens;
        int headsPerRow = spec.Auxiliary.HiddenSize.Value / headSize;
        int weightHeads = spec.Simulator.Sharding.Value * headsPerRow;
        int heads = spec.Simulator.HiddenSize.Value / headSize;
        return new HeadSplit(headSize, headsPerRow, weightHeads, headsPerRow, heads - weightHeads - headsPerRow);
    }

    private static IEnumerable<SimulatorModule> ForwardBlock(ModuleFactory modules)
    {
        AuxiliarySpec auxiliary = modules.Spec.Auxiliary;
        SourceSpan heads = auxiliary.HeadCount.Span;
        int blocks = auxiliary.FeedForwardBlocks;

        foreach (SimulatorModule module in modules.NormForward(ModuleNames.Norm1, Signals.Norm1, Signals.Hidden, Signals.AttentionInput))
            yield return module;

        // AttentionForward: three linear modules, then softmax attention; q, k and a stay in the token's memory.
        yield return ModuleFactory.Projection(ModuleNames.Query, 0, 1, Signals.AttentionInput, Signals.Query, heads);
        yield return ModuleFactory.Projection(ModuleNames.Key, 0, 1, Signals.AttentionInput, Signals.Key, heads);
        yield return ModuleFactory.Projection(ModuleNames.Value, 0, 1, Signals.AttentionInput, Signals.Value, heads);
        yield return ModuleFactory.Token(
            ModuleKind.Attention,
            ModuleNames.Attention,
            [Signals.Query, Signals.Key, Signals.Value],
            Signals.Context,
            heads,
            modules.Memory(3, Signals.Query, Signals.Key, Signals.AttentionInput));
        yield return modules.LinearForward(ModuleNames.AttentionOutput, 0, 1, Signals.Context, Signals.AttentionBranch, heads);
        yield return ModuleFactory.Token(ModuleKind.Residual, ModuleNames.AttentionResidual, [Signals.Hidden, Signals.AttentionBranch], Signals.MiddleHidden, heads);

        foreach (SimulatorModule module in modules.NormForward(ModuleNames.Norm2, Signals.Norm2, Signals.MiddleHidden, Signals.FeedForwardInput))
            yield return module;

        SourceSpan inner = auxiliary.IntermediateSize.Span;
        for (int k = 0; k < blocks; k++)
            yield return modules.LinearForward(ModuleNames.Up, k, blocks, Signals.FeedForwardInput, Signals.Part(Signals.PreActivation, k, blocks), inner);
        for (int k = 0; k < blocks; k++)
        {
            string input = Signals.Part(Signals.PreActivation, k, blocks);
            yield return ModuleFactory.Token(
                ModuleKind.Activation,
                ModuleNames.Activation,
                [input],
                Signals.Part(Signals.Activated, k, blocks),
                auxiliary.Activation.Span,
                modules.Memory(1, input));
        }

        for (int k = 0; k < blocks; k++)
        {
            yield return modules.LinearForward(
                ModuleNames.Down,
                k,
                blocks,
                Signals.Part(Signals.Activated, k, blocks),
                Signals.Part(Signals.FeedForwardBranch, k, blocks),
                inner);
        }

        yield return ModuleFactory.Token(
            ModuleKind.Residual,
            ModuleNames.FeedForwardResidual,
            [Signals.MiddleHidden, .. Enumerable.Range(0, blocks).Select(k => Signals.Part(Signals.FeedForwardBranch, k, blocks))],
            Signals.Hidden,
            inner);
    }

    private static IEnumerable<SimulatorModule> BackwardBlock(ModuleFactory modules)
    {
        AuxiliarySpec auxiliary = modules.Spec.Auxiliary;
        SourceSpan attention = modules.Spec.Training.Attention.Span;
        SourceSpan inner = auxiliary.IntermediateSize.Span;
        int blocks = auxiliary.FeedForwardBlocks;
        string[] Parts(string signal) => [.. Enumerable.Range(0, blocks).Select(k => Signals.Part(signal, k, blocks))];
        string[] activated = Parts(Signals.Activated);
        string[] activatedGradient = Parts(Signals.Gradient(Signals.Activated));
        string[] preActivation = Parts(Signals.PreActivation);
        string[] preActivationGradient = Parts(Signals.Gradient(Signals.PreActivation));
        string[] throughUp = Parts(Signals.GradientThrough(Signals.FeedForwardInput, "up"));

        for (int k = 0; k < blocks; k++)
            yield return ModuleFactory.LinearBackward(ModuleNames.Down, k, blocks, Signals.Gradient(Signals.Hidden), activatedGradient[k], inner);
        for (int k = 0; k < blocks; k++)
            yield return modules.LinearDescent(ModuleNames.Down, k, blocks, Signals.Gradient(Signals.Hidden), activated[k], inner);
        for (int k = 0; k < blocks; k++)
        {
            yield return ModuleFactory.Token(
                ModuleKind.Activation,
                ModuleNames.Activation,
                [activatedGradient[k], preActivation[k]],
                preActivationGradient[k],
                auxiliary.Activation.Span,
                modules.Memory(1, preActivation[k]),
                Direction.Backward);
        }

        for (int k = 0; k < blocks; k++)
            yield return ModuleFactory.LinearBackward(ModuleNames.Up, k, blocks, preActivationGradient[k], throughUp[k], inner);
        for (int k = 0; k < blocks; k++)
            yield return modules.LinearDescent(ModuleNames.Up, k, blocks, preActivationGradient[k], Signals.FeedForwardInput, inner);
        yield return ModuleFactory.Token(ModuleKind.Residual, ModuleNames.Up, throughUp, Signals.Gradient(Signals.FeedForwardInput), inner, default, Direction.Backward);

        string throughNorm2 = Signals.GradientThrough(Signals.MiddleHidden, Signals.Norm2);
        foreach (SimulatorModule module in modules.NormBackward(ModuleNames.Norm2, Signals.Norm2, Signals.MiddleHidden, Signals.Gradient(Signals.FeedForwardInput), throughNorm2))
            yield return module;
        yield return ModuleFactory.Token(
            ModuleKind.Residual,
            ModuleNames.FeedForwardResidual,
            [Signals.Gradient(Signals.Hidden), throughNorm2],
            Signals.Gradient(Signals.MiddleHidden),
            inner,
            default,
            Direction.Backward);

        string contextGradient = Signals.Gradient(Signals.Context);
        yield return ModuleFactory.LinearBackward(ModuleNames.AttentionOutput, 0, 1, Signals.Gradient(Signals.MiddleHidden), contextGradient, attention);
        yield return modules.LinearDescent(ModuleNames.AttentionOutput, 0, 1, Signals.Gradient(Signals.MiddleHidden), Signals.Context, attention);
        foreach (SimulatorModule module in AttentionBackward(modules, contextGradient, attention))
            yield return module;

        string throughNorm1 = Signals.GradientThrough(Signals.Hidden, Signals.Norm1);
        foreach (SimulatorModule module in modules.NormBackward(ModuleNames.Norm1, Signals.Norm1, Signals.Hidden, Signals.Gradient(Signals.AttentionInput), throughNorm1))
            yield return module;
        yield return ModuleFactory.Token(
            ModuleKind.Residual,
            ModuleNames.AttentionResidual,
            [Signals.Gradient(Signals.MiddleHidden), throughNorm1],
            Signals.Gradient(Signals.Hidden),
            attention,
            default,
            Direction.Backward);
    }

    /// <summary>From ∂c to ∂a: through the transposed attention matrix to v, and with exact scores also to q and k.</summary>
    private static IEnumerable<SimulatorModule> AttentionBackward(ModuleFactory modules, string contextGradient, SourceSpan origin)
    {
        AttentionGradient variant = modules.Spec.Training.Attention;
        string valueGradient = Signals.Gradient(Signals.Value);
        if (variant == AttentionGradient.None)
        {
            valueGradient = contextGradient;
        }
        else
        {
            // v is not in memory: with exact scores it is made again of x.
            bool exact = variant == AttentionGradient.Exact;
            string[] input = exact
                ? [contextGradient, Signals.Query, Signals.Key, Signals.Value]
                : [contextGradient, Signals.Query, Signals.Key];
            yield return ModuleFactory.Token(
                ModuleKind.Attention,
                ModuleNames.Attention,
                input,
                valueGradient,
                origin,
                exact ? modules.Memory(3, Signals.Query, Signals.Key, Signals.AttentionInput) : modules.Memory(3, Signals.Query, Signals.Key),
                Direction.Backward);
        }

        if (variant != AttentionGradient.Exact)
        {
            yield return ModuleFactory.LinearBackward(ModuleNames.Value, 0, 1, valueGradient, Signals.Gradient(Signals.AttentionInput), origin);
            yield return modules.LinearDescent(ModuleNames.Value, 0, 1, valueGradient, Signals.AttentionInput, origin);
            yield break;
        }

        (string Module, string Gradient)[] projections =
        [
            (ModuleNames.Query, Signals.Gradient(Signals.Query)),
            (ModuleNames.Key, Signals.Gradient(Signals.Key)),
            (ModuleNames.Value, valueGradient),
        ];
        string Through(string module) => Signals.GradientThrough(Signals.AttentionInput, module.Substring(module.IndexOf('.') + 1));
        foreach ((string module, string gradient) in projections)
            yield return ModuleFactory.LinearBackward(module, 0, 1, gradient, Through(module), origin);
        foreach ((string module, string gradient) in projections)
            yield return modules.LinearDescent(module, 0, 1, gradient, Signals.AttentionInput, origin);
        yield return ModuleFactory.Token(
            ModuleKind.Residual,
            ModuleNames.Attention,
            [.. projections.Select(p => Through(p.Module))],
            Signals.Gradient(Signals.AttentionInput),
            origin,
            default,
            Direction.Backward);
    }
}
