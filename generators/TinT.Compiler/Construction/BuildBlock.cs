using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs;
using TinT.Model.Architectures;

namespace TinT.Compiler.Construction;

/// <summary>Architecture's table and spec → forward modules of one auxiliary layer.</summary>
internal static class BuildBlock
{
    public static EquatableArray<SimulatorModule> Run(ModelSpec spec)
    {
        Architecture architecture = spec.Auxiliary.Architecture.Value;
        IEnumerable<SimulatorModule> modules = (architecture.Block, architecture.NormPlacement) switch
        {
            (BlockShape.Sequential, NormPlacement.Pre) => PreNorm(spec),
            (BlockShape.Sequential, NormPlacement.Post) => PostNorm(spec),
            (BlockShape.Parallel, NormPlacement.Pre) => Parallel(spec),
            _ => throw new InvalidOperationException($"{architecture} has {architecture.Block} branches with norms placed {architecture.NormPlacement}."),
        };
        return modules.ToEquatableArray();
    }

    /// <summary>h′ = h + Attention(norm₁ h); h = h′ + FeedForward(norm₂ h′).</summary>
    private static IEnumerable<SimulatorModule> PreNorm(ModelSpec spec)
    {
        Signal hidden = Row(spec, Signals.Hidden);
        Signal middle = Row(spec, Signals.MiddleHidden);
        Signal attentionInput = Row(spec, Signals.AttentionInput);
        Signal feedForwardInput = Row(spec, Signals.FeedForwardInput);
        return
        [
            NormModule.Forward(spec, ModuleNames.Norm1, hidden, attentionInput),
            .. Attention(spec, attentionInput),
            AttentionSum(spec, hidden, middle),
            NormModule.Forward(spec, ModuleNames.Norm2, middle, feedForwardInput),
            .. FeedForward(spec, feedForwardInput),
            FeedForwardSum(spec, middle, hidden),
        ];
    }

    /// <summary>h = h + Attention(norm₁ h) + FeedForward(norm₁ h).</summary>
    private static IEnumerable<SimulatorModule> Parallel(ModelSpec spec)
    {
        Signal hidden = Row(spec, Signals.Hidden);
        Signal middle = Row(spec, Signals.MiddleHidden);
        Signal input = Row(spec, Signals.AttentionInput);
        return
        [
            NormModule.Forward(spec, ModuleNames.Norm1, hidden, input),
            .. Attention(spec, input),
            AttentionSum(spec, hidden, middle),
            .. FeedForward(spec, input),
            FeedForwardSum(spec, middle, hidden),
        ];
    }

    /// <summary>h′ = norm₁(h + Attention(h)); h = norm₂(h′ + FeedForward(h′)). What a layer keeps must be its own, and so the layer's input is copied.</summary>
    private static IEnumerable<SimulatorModule> PostNorm(ModelSpec spec)
    {
        Signal hidden = Row(spec, Signals.Hidden);
        Signal middle = Row(spec, Signals.MiddleHidden);
        Signal input = Row(spec, Signals.AttentionInput);
        Signal attentionSum = Row(spec, Signals.AttentionSum);
        Signal feedForwardSum = Row(spec, Signals.FeedForwardSum);
        return
        [
            ResidualModule.Sum(ModuleNames.Attention, [hidden], input, spec.Auxiliary.HeadCount.Span),
            .. Attention(spec, input),
            AttentionSum(spec, hidden, attentionSum),
            NormModule.Forward(spec, ModuleNames.Norm1, attentionSum, middle),
            .. FeedForward(spec, middle),
            FeedForwardSum(spec, middle, feedForwardSum),
            NormModule.Forward(spec, ModuleNames.Norm2, feedForwardSum, hidden),
        ];
    }

    /// <summary>Three linear maps, softmax attention, a linear map: from the branch's input to <see cref="Signals.AttentionBranch"/>.</summary>
    private static IEnumerable<SimulatorModule> Attention(ModelSpec spec, Signal input)
    {
        SourceSpan heads = spec.Auxiliary.HeadCount.Span;
        Signal query = Row(spec, Signals.Query);
        Signal key = Row(spec, Signals.Key);
        Signal value = Row(spec, Signals.Value);
        Signal context = Row(spec, Signals.Context);
        return
        [
            .. LinearModule.Forward(spec, ModuleNames.Query, input, query, heads, keepsInput: false),
            .. LinearModule.Forward(spec, ModuleNames.Key, input, key, heads, keepsInput: false),
            .. LinearModule.Forward(spec, ModuleNames.Value, input, value, heads, keepsInput: false),
            AttentionModule.Forward(spec, query, key, value, input, context, heads),
            .. LinearModule.Forward(spec, ModuleNames.AttentionOutput, context, Row(spec, Signals.AttentionBranch), heads),
        ];
    }

    /// <summary>Two linear maps with an activation between them: from the branch's input to <see cref="Signals.FeedForwardBranch"/>.</summary>
    private static IEnumerable<SimulatorModule> FeedForward(ModelSpec spec, Signal input)
    {
        SourceSpan inner = spec.Auxiliary.IntermediateSize.Span;
        Signal preActivation = new(Signals.PreActivation, spec.Auxiliary.IntermediateSize);
        Signal activated = Activated(spec);
        return
        [
            .. LinearModule.Forward(spec, ModuleNames.Up, input, preActivation, inner),
            .. ActivationModule.Forward(spec, preActivation, activated),
            .. LinearModule.Forward(spec, ModuleNames.Down, activated, Row(spec, Signals.FeedForwardBranch), inner),
        ];
    }

    private static SimulatorModule AttentionSum(ModelSpec spec, Signal residual, Signal output) =>
        ResidualModule.Sum(ModuleNames.AttentionResidual, [residual, Row(spec, Signals.AttentionBranch)], output, spec.Auxiliary.HeadCount.Span);

    private static SimulatorModule FeedForwardSum(ModelSpec spec, Signal residual, Signal output) => ResidualModule.Sum(
        ModuleNames.FeedForwardResidual,
        [residual, .. LinearModule.Terms(spec, Activated(spec), Row(spec, Signals.FeedForwardBranch))],
        output,
        spec.Auxiliary.IntermediateSize.Span);

    private static Signal Activated(ModelSpec spec) => new(Signals.Activated, spec.Auxiliary.IntermediateSize);

    private static Signal Row(ModelSpec spec, string name) => new(name, spec.Auxiliary.HiddenSize);
}
