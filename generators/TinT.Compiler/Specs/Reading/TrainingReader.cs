using TinT.Compiler.Specs.Format;

namespace TinT.Compiler.Specs.Reading;

/// <summary>Reads the section <c>training</c> and fills its defaults in.</summary>
internal static class TrainingReader
{
    private const double DefaultLearningRate = 1e-4;
    private const double DefaultTaylorScale = 1000;

    /// <summary>
    /// Reads the section. Defaults: one step on all layers at 1e-4, softmax loss, layer norms' biases only, attention's values only,
    /// Taylor scale 1000, no compatibility, the form of the update left to the compiler.
    /// </summary>
    public static TrainingFields Read(SectionReader section, AuxiliaryFields auxiliary)
    {
        Field<int> layers = section.Read(TrainingFormat.Layers);
        return new TrainingFields(
            section.Read(TrainingFormat.Steps).Or(1, section.Span),
            auxiliary.LayerCount is { } count ? layers.Or(count.Value, section.Span) : layers.Value,
            section.Read(TrainingFormat.LearningRate).Or(DefaultLearningRate, section.Span),
            section.Read(TrainingFormat.Loss).Or(LossFunction.Softmax, section.Span),
            section.Read(TrainingFormat.LayerNorm).Or(LayerNormUpdate.Bias, section.Span),
            section.Read(TrainingFormat.Attention).Or(AttentionGradient.Values, section.Span),
            section.Read(TrainingFormat.TaylorScale).Or(DefaultTaylorScale, section.Span),
            section.Read(TrainingFormat.Compatibility).Or(Compatibility.None, section.Span),
            section.Read(TrainingFormat.Update).Or(UpdateForm.Auto, section.Span));
    }
}
