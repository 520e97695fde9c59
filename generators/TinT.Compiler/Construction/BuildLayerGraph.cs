using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs;

namespace TinT.Compiler.Construction;

/// <summary>Spec → the TinT layer graph: forwards as the architecture has them, backwards as it follows from that.</summary>
public static class BuildLayerGraph
{
    /// <summary>Builds the graph; every spec that passed the shape rules has one.</summary>
    public static LayerGraph Run(ModelSpec spec)
    {
        Signal hidden = new(Signals.Hidden, spec.Auxiliary.HiddenSize);
        Signal headInput = new(Signals.HeadInput, spec.Auxiliary.HiddenSize);
        EquatableArray<SimulatorModule> block = BuildBlock.Run(spec);
        EquatableArray<SimulatorModule> finalNorm = EquatableArray.Create(NormModule.Forward(spec, ModuleNames.FinalNorm, hidden, headInput));
        return new LayerGraph(
            spec,
            SplitHeads(spec),
            EquatableArray.Create(Outside(ModuleKind.Embedding, ModuleNames.Embedding, [], hidden, spec.Auxiliary.VocabularySize.Span)),
            block,
            finalNorm,
            EquatableArray.Create(Outside(ModuleKind.LossGradient, ModuleNames.Head, [headInput], headInput.Gradient, spec.Training.Loss.Span)),
            DeriveBackward.Run(spec, finalNorm),
            DeriveBackward.Run(spec, block));
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
