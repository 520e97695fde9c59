using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs;
using TinT.Model.Parameters;

namespace TinT.Compiler.Construction;

/// <summary>Spec → the TinT layer graph: forwards as the architecture has them, backwards as it follows from that.</summary>
public static class BuildLayerGraph
{
    /// <summary>Builds the graph; every spec that passed the shape rules has one.</summary>
    public static LayerGraph Run(ModelSpec spec)
    {
        EquatableArray<SimulatorModule> block = BuildBlock.Run(spec);
        (EquatableArray<SimulatorModule> finalNorm, Signal headInput) = AboveBlocks(spec);
        return new LayerGraph(
            spec,
            SplitHeads(spec),
            BelowBlocks(spec).ToEquatableArray(),
            block,
            finalNorm,
            EquatableArray.Create(Outside(ModuleKind.LossGradient, ModuleNames.Head, [headInput], headInput.Gradient, spec.Training.Loss.Span)),
            DeriveBackward.Run(spec, finalNorm),
            DeriveBackward.Run(spec, block));
    }

    /// <summary>From token ids to the hidden state: looked up, normalized or projected where the model has that.</summary>
    private static IEnumerable<SimulatorModule> BelowBlocks(ModelSpec spec)
    {
        AuxiliaryDescription model = spec.Auxiliary.Model;
        SourceSpan origin = spec.Auxiliary.VocabularySize.Span;
        Signal hidden = new(Signals.Hidden, model.HiddenSize);
        if (model.HasEmbeddingNorm && model.IsProjected)
            throw new InvalidOperationException("No model both normalizes and projects its token embeddings.");
        if (!model.HasEmbeddingNorm && !model.IsProjected)
            return [Outside(ModuleKind.Embedding, ModuleNames.Embedding, [], hidden, origin)];

        Signal embedding = new(Signals.Embedding, model.EmbeddingSize);
        return
        [
            Outside(ModuleKind.Embedding, ModuleNames.Embedding, [], embedding, origin),
            model.HasEmbeddingNorm
                ? Outside(ModuleKind.EmbeddingNorm, ModuleNames.EmbeddingNorm, [embedding], hidden, origin)
                : ProjectionModule.Forward(ModuleNames.ProjectIn, [embedding], hidden, origin),
        ];
    }

    /// <summary>From the hidden state to what the head reads: normalized, and projected where the model has that.</summary>
    private static (EquatableArray<SimulatorModule> Modules, Signal HeadInput) AboveBlocks(ModelSpec spec)
    {
        AuxiliaryDescription model = spec.Auxiliary.Model;
        Signal top = new(Signals.Hidden, model.HiddenSize);
        var modules = new List<SimulatorModule>();
        if (model.Has(ParameterKind.FinalNormGain))
        {
            Signal normalized = new(model.IsProjected ? Signals.Normalized(ModuleNames.Head) : Signals.HeadInput, model.HiddenSize);
            modules.Add(NormModule.Forward(spec, ModuleNames.FinalNorm, top, normalized));
            top = normalized;
        }

        if (model.IsProjected)
        {
            Signal projected = new(Signals.HeadInput, model.EmbeddingSize);
            modules.Add(ProjectionModule.Forward(ModuleNames.ProjectOut, [top], projected, spec.Auxiliary.HiddenSize.Span));
            top = projected;
        }

        return (modules.ToEquatableArray(), top);
    }

    private static SimulatorModule Outside(ModuleKind kind, string name, Signal[] input, Signal output, SourceSpan origin) =>
        new(Direction.Forward, kind, name, input.ToEquatableArray(), EquatableArray.Create(output), origin);

    private static HeadSplit SplitHeads(ModelSpec spec)
    {
        int headSize = spec.Simulator.PrefixTokens;
        int headsPerRow = spec.Auxiliary.HiddenSize.Value / headSize;
        int weightHeads = spec.Simulator.Sharding.Value * headsPerRow;
        int heads = spec.Simulator.HiddenSize.Value / headSize;
        return new HeadSplit(headSize, headsPerRow, weightHeads, headsPerRow, heads - weightHeads - headsPerRow);
    }
}
