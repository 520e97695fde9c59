using TinT.Compiler.Specs.Fields;
using TinT.Compiler.Specs.Format;
using TinT.Model.Architectures;

namespace TinT.Compiler.Specs.Writing;

/// <summary>The section <c>auxiliary</c> of a model: every key that its architecture leaves open, with its value, so that nothing depends on defaults.</summary>
internal sealed class AuxiliaryText
{
    private readonly AuxiliaryDescription model;
    private readonly Architecture architecture;
    private readonly List<string> lines = [];

    private AuxiliaryText(AuxiliaryDescription model)
    {
        this.model = model;
        architecture = model.Family();
    }

    /// <summary>The lines below <c>auxiliary:</c>, without indentation.</summary>
    /// <param name="model">The model.</param>
    public static IReadOnlyList<string> Lines(AuxiliaryDescription model) => new AuxiliaryText(model).Write();

    private List<string> Write()
    {
        Add(AuxiliaryFormat.Architecture, model.Architecture);
        Add(AuxiliaryFormat.VocabularySize, model.VocabularySize);
        Add(AuxiliaryFormat.MaxPositionEmbeddings, model.MaxPositionEmbeddings);
        Add(AuxiliaryFormat.HiddenSize, model.HiddenSize);
        Add(AuxiliaryFormat.LayerCount, model.LayerCount);
        Add(AuxiliaryFormat.HeadCount, model.HeadCount);
        Add(AuxiliaryOptionTable.KeyValueHeadCount, model.KeyValueHeadCount);
        Add(AuxiliaryOptionTable.HeadSize, model.HeadSize);
        Add(AuxiliaryFormat.IntermediateSize, model.IntermediateSize);
        Add(AuxiliaryOptionTable.EmbeddingSize, model.EmbeddingSize);
        Add(AuxiliaryFormat.Activation, model.Activation);
        lines.Add($"norm: {{kind: {model.Norm}, placement: {WordOf(AuxiliaryFormat.NormPlacement, model.NormPlacement)}, epsilon: {NumberText.Write(model.NormEpsilon)}}}");
        lines.Add($"positions: {{{string.Join(", ", Positions())}}}");
        Add(AuxiliaryOptionTable.AttentionBias, Has(ModuleBiases.QueryKeyValue));
        Add(AuxiliaryOptionTable.FeedForwardBias, Has(ModuleBiases.FeedForward));
        Add(AuxiliaryOptionTable.Bias, Has(ModuleBiases.FeedForward));
        if (model.SlidingWindow > 0)
            Add(AuxiliaryFormat.SlidingWindow, model.SlidingWindow);
        if (model.SlidingLayers.Count > 0)
            Add(AuxiliaryFormat.LayerTypes, $"[{string.Join(", ", model.SlidingLayers.Select(slides => WordOf(AuxiliaryFormat.LayerTypes.Item, slides)))}]");
        AddIfSaid(AuxiliaryOptionTable.QueryScalar);
        AddIfSaid(AuxiliaryOptionTable.ScoreCap);
        AddIfSaid(AuxiliaryOptionTable.LogitCap);
        Add(AuxiliaryOptionTable.NewDecoderArchitecture, model.Block == BlockShape.ParallelTwoNorms);
        Add(AuxiliaryOptionTable.ParallelResidual, model.Block != BlockShape.Sequential);
        Add(AuxiliaryFormat.TieWordEmbeddings, model.TiesEmbeddings);
        return lines;
    }

    private bool Has(ModuleBiases biases) => (model.Biases & biases) != 0;

    private IEnumerable<string> Positions()
    {
        yield return $"kind: {WordOf(AuxiliaryFormat.PositionsKind, model.Positions)}";
        if (model.Rotary is not { } rotary)
            yield break;
        if (architecture.Options.Contains(AuxiliaryOptionTable.RopeTheta))
            yield return $"rope_theta: {NumberText.Write(rotary.Theta)}";
        if (architecture.Options.Contains(AuxiliaryOptionTable.RotarySize))
            yield return $"rotary_dim: {NumberText.Write(rotary.Size)}";
        if (architecture.Options.Contains(AuxiliaryOptionTable.PartialRotaryFactor))
            yield return $"partial_rotary_factor: {NumberText.Write(FactorOf(rotary.Size, model.HeadSize))}";
        if (rotary.Scaling is { Kind: RopeScaling.Linear } linear)
            yield return $"rope_scaling: {{rope_type: linear, factor: {NumberText.Write(linear.Factor)}}}";
        else if (rotary.Scaling is { } scaling)
        {
            yield return $"rope_scaling: {{rope_type: {scaling.Kind}, factor: {NumberText.Write(scaling.Factor)}, low_freq_factor: {NumberText.Write(scaling.LowFrequencyFactor)}, "
                + $"high_freq_factor: {NumberText.Write(scaling.HighFrequencyFactor)}, original_max_position_embeddings: {NumberText.Write(scaling.OriginalMaxPositionEmbeddings)}}}";
        }
    }

    /// <summary>A factor of which the whole part of its product with the head's size is the rotary size; the quotient, rounded up if it must be.</summary>
    private static double FactorOf(int rotarySize, int headSize)
    {
        double factor = (double)rotarySize / headSize;
        return (int)(headSize * factor) == rotarySize ? factor : (rotarySize + 0.5) / headSize;
    }

    private static string WordOf<T>(ChoiceKey<T> key, T value) => key.Choices.First(choice => EqualityComparer<T>.Default.Equals(choice.Value, value)).Key;

    /// <summary>A number that a model may not have.</summary>
    private void AddIfSaid(AuxiliaryOption option)
    {
        if (option.Of(model) is double or int)
            AddIfOpen(option, NumberText.Write(Convert.ToDouble(option.Of(model), System.Globalization.CultureInfo.InvariantCulture)));
    }

    private void Add(AuxiliaryOption option, int value) => AddIfOpen(option, NumberText.Write(value));

    private void Add(AuxiliaryOption option, bool value) => AddIfOpen(option, value ? "true" : "false");

    private void AddIfOpen(AuxiliaryOption option, string value)
    {
        if (architecture.Options.Contains(option))
            lines.Add($"{option.Key}: {value}");
    }

    private void Add(KeyFormat key, int value) => Add(key, NumberText.Write(value));

    private void Add(KeyFormat key, bool value) => Add(key, value ? "true" : "false");

    private void Add(KeyFormat key, string value) => lines.Add($"{key.Name}: {value}");
}
