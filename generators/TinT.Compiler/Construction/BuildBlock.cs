using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs;

namespace TinT.Compiler.Construction;

/// <summary>The model → forward modules of one auxiliary layer.</summary>
internal sealed class BuildBlock
{
    private readonly ModelSpec spec;
    private readonly AuxiliaryDescription model;
    private readonly SourceSpan heads;
    private readonly SourceSpan inner;
    private readonly Signal hidden;
    private readonly Signal middle;
    private readonly Signal attentionInput;
    private readonly Signal feedForwardInput;
    private readonly Signal attentionBranch;
    private readonly Signal feedForwardBranch;
    private readonly Signal context;
    private readonly Signal activated;

    private BuildBlock(ModelSpec spec)
    {
        this.spec = spec;
        model = spec.Auxiliary.Model;
        heads = spec.Auxiliary.HeadCount.Span;
        inner = spec.Auxiliary.IntermediateSize.Span;
        hidden = Row(Signals.Hidden);
        middle = Row(Signals.MiddleHidden);
        attentionInput = Row(Signals.AttentionInput);
        feedForwardInput = Row(Signals.FeedForwardInput);
        attentionBranch = Row(Signals.AttentionBranch);
        feedForwardBranch = Row(Signals.FeedForwardBranch);
        context = new Signal(Signals.Context, model.QuerySize);
        activated = new Signal(Signals.Activated, model.IntermediateSize);
    }

    public static EquatableArray<SimulatorModule> Run(ModelSpec spec)
    {
        var block = new BuildBlock(spec);
        IEnumerable<SimulatorModule> modules = (block.model.Block, block.model.NormPlacement) switch
        {
            (BlockShape.Sequential, NormPlacement.Pre) => block.PreNorm(),
            (BlockShape.Sequential, NormPlacement.Post) => block.PostNorm(),
            (BlockShape.Sequential, NormPlacement.Both) => block.NormsOnBothSides(),
            (BlockShape.Parallel, NormPlacement.Pre) => block.Parallel(),
            (BlockShape.ParallelTwoNorms, NormPlacement.Pre) => block.ParallelTwoNorms(),
            _ => throw new InvalidOperationException($"No model has {block.model.Block} branches with norms placed {block.model.NormPlacement}."),
        };
        return modules.ToEquatableArray();
    }

    /// <summary>h′ = h + Attention(norm₁ h); h = h′ + FeedForward(norm₂ h′).</summary>
    private IEnumerable<SimulatorModule> PreNorm() =>
    [
        NormModule.Forward(spec, ModuleNames.Norm1, hidden, attentionInput),
        .. Attention(attentionInput),
        AttentionSum(middle),
        NormModule.Forward(spec, ModuleNames.Norm2, middle, feedForwardInput),
        .. FeedForward(feedForwardInput),
        FeedForwardSum(hidden),
    ];

    /// <summary>h = h + Attention(norm₁ h) + FeedForward(norm₁ h).</summary>
    private IEnumerable<SimulatorModule> Parallel() =>
    [
        NormModule.Forward(spec, ModuleNames.Norm1, hidden, attentionInput),
        .. Attention(attentionInput),
        AttentionSum(middle),
        .. FeedForward(attentionInput),
        FeedForwardSum(hidden),
    ];

    /// <summary>h = h + Attention(norm₁ h) + FeedForward(norm₂ h).</summary>
    private IEnumerable<SimulatorModule> ParallelTwoNorms() =>
    [
        NormModule.Forward(spec, ModuleNames.Norm1, hidden, attentionInput),
        NormModule.Forward(spec, ModuleNames.Norm2, hidden, feedForwardInput),
        .. Attention(attentionInput),
        AttentionSum(middle),
        .. FeedForward(feedForwardInput),
        FeedForwardSum(hidden),
    ];

    /// <summary>h′ = norm₁(h + Attention(h)); h = norm₂(h′ + FeedForward(h′)). What a layer keeps must be its own, and so the layer's input is copied.</summary>
    private IEnumerable<SimulatorModule> PostNorm()
    {
        Signal attentionSum = Row(Signals.AttentionSum);
        Signal feedForwardSum = Row(Signals.FeedForwardSum);
        return
        [
            ResidualModule.Sum(ModuleNames.Attention, [hidden], attentionInput, heads),
            .. Attention(attentionInput),
            AttentionSum(attentionSum),
            NormModule.Forward(spec, ModuleNames.Norm1, attentionSum, middle),
            .. FeedForward(middle),
            FeedForwardSum(feedForwardSum),
            NormModule.Forward(spec, ModuleNames.Norm2, feedForwardSum, hidden),
        ];
    }

    /// <summary>h′ = h + norm₁′(Attention(norm₁ h)); h = h′ + norm₂′(FeedForward(norm₂ h′)).</summary>
    private IEnumerable<SimulatorModule> NormsOnBothSides()
    {
        IReadOnlyList<Signal> attentionTerms = LinearModule.Terms(spec, context, attentionBranch);
        IReadOnlyList<Signal> feedForwardTerms = LinearModule.Terms(spec, activated, feedForwardBranch);
        Signal attentionSum = attentionTerms.Count == 1 ? attentionTerms[0] : Row(Signals.AttentionSum);
        Signal feedForwardSum = feedForwardTerms.Count == 1 ? feedForwardTerms[0] : Row(Signals.FeedForwardSum);
        Signal attentionOutput = Row(Signals.AttentionOutput);
        Signal feedForwardOutput = Row(Signals.FeedForwardOutput);
        return
        [
            NormModule.Forward(spec, ModuleNames.Norm1, hidden, attentionInput),
            .. Attention(attentionInput),
            .. SumOf(ModuleNames.AttentionOutput, attentionTerms, attentionSum, heads),
            NormModule.Forward(spec, ModuleNames.AttentionOutputNorm, attentionSum, attentionOutput),
            ResidualModule.Sum(ModuleNames.AttentionResidual, [hidden, attentionOutput], middle, heads),
            NormModule.Forward(spec, ModuleNames.Norm2, middle, feedForwardInput),
            .. FeedForward(feedForwardInput),
            .. SumOf(ModuleNames.Down, feedForwardTerms, feedForwardSum, inner),
            NormModule.Forward(spec, ModuleNames.FeedForwardOutputNorm, feedForwardSum, feedForwardOutput),
            ResidualModule.Sum(ModuleNames.FeedForwardResidual, [middle, feedForwardOutput], hidden, inner),
        ];
    }

    /// <summary>Three linear maps, softmax attention, a linear map: from the branch's input to <see cref="Signals.AttentionBranch"/>.</summary>
    private IEnumerable<SimulatorModule> Attention(Signal input)
    {
        Signal query = new(Signals.Query, model.QuerySize);
        Signal key = new(Signals.Key, model.KeyValueSize);
        Signal value = new(Signals.Value, model.KeyValueSize);
        Signal rawQuery = model.HasQueryKeyNorm ? query with { Stem = Signals.QueryProjection } : query;
        Signal rawKey = model.HasQueryKeyNorm ? key with { Stem = Signals.KeyProjection } : key;
        return
        [
            .. LinearModule.Forward(spec, ModuleNames.Query, input, rawQuery, heads, keepsInput: false),
            .. LinearModule.Forward(spec, ModuleNames.Key, input, rawKey, heads, keepsInput: false),
            .. LinearModule.Forward(spec, ModuleNames.Value, input, value, heads, keepsInput: false),
            .. model.HasQueryKeyNorm
                ? [HeadNormModule.Forward(spec, ModuleNames.QueryNorm, rawQuery, query, heads), HeadNormModule.Forward(
                    spec, ModuleNames.KeyNorm, rawKey, key, heads)]
                : Array.Empty<SimulatorModule>(),
            .. model.Positions == PositionKind.Rotary
                ? [RotationModule.Forward(spec, ModuleNames.QueryRotation, query, heads), RotationModule.Forward(spec, ModuleNames.KeyRotation, key, heads)]
                : Array.Empty<SimulatorModule>(),
            AttentionModule.Forward(spec, query, key, value, input, context, heads),
            .. LinearModule.Forward(spec, ModuleNames.AttentionOutput, context, attentionBranch, heads),
        ];
    }

    /// <summary>
    /// Two linear maps with an activation between them, or three with a gate: from the branch's input to <see cref="Signals.FeedForwardBranch"/>.
    /// </summary>
    private IEnumerable<SimulatorModule> FeedForward(Signal input)
    {
        IEnumerable<SimulatorModule> down = LinearModule.Forward(spec, ModuleNames.Down, activated, feedForwardBranch, inner);
        if (!model.IsGated)
        {
            Signal preActivation = activated with { Stem = Signals.PreActivation };
            return [.. LinearModule.Forward(spec, ModuleNames.Up, input, preActivation, inner), .. ActivationModule.Forward(spec, preActivation, activated), .. down];
        }

        Signal gate = activated with { Stem = Signals.Gate };
        Signal up = activated with { Stem = Signals.Up };
        return
        [
            .. LinearModule.Forward(spec, ModuleNames.Gate, input, gate, inner),
            .. LinearModule.Forward(spec, ModuleNames.Up, input, up, inner),
            .. GateModule.Forward(spec, gate, up, activated),
            .. down,
        ];
    }

    /// <summary>The sum of a map's blocks; one block is it already.</summary>
    private static IEnumerable<SimulatorModule> SumOf(string name, IReadOnlyList<Signal> terms, Signal sum, SourceSpan origin) =>
        terms.Count == 1 ? [] : [ResidualModule.Sum(name, terms, sum, origin)];

    private SimulatorModule AttentionSum(Signal output) =>
        ResidualModule.Sum(ModuleNames.AttentionResidual, [hidden, .. LinearModule.Terms(spec, context, attentionBranch)], output, heads);

    private SimulatorModule FeedForwardSum(Signal output) =>
        ResidualModule.Sum(ModuleNames.FeedForwardResidual, [middle, .. LinearModule.Terms(spec, activated, feedForwardBranch)], output, inner);

    private Signal Row(string name) => new(name, model.HiddenSize);
}
