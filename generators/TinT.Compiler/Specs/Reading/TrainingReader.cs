using TinT.Compiler.Specs.Fields;
using TinT.Compiler.Specs.Format;

namespace TinT.Compiler.Specs.Reading;

/// <summary>Reads the section <c>training</c> and fills its defaults in.</summary>
internal static class TrainingReader
{
    /// <summary>Reads the section. All layers are trained where it does not say how many.</summary>
    public static TrainingFields Read(SectionReader section, AuxiliaryFields auxiliary)
    {
        Field<int> layers = section.Read(TrainingFormat.Layers);
        return new TrainingFields(
            section.ReadOrDefault(TrainingFormat.Method),
            section.ReadOrDefault(TrainingFormat.Steps),
            auxiliary.LayerCount is { } count ? layers.Or(count.Value, section.Span) : layers.Value,
            section.ReadOrDefault(TrainingFormat.LearningRate),
            section.ReadOrDefault(TrainingFormat.Loss),
            section.ReadOrDefault(TrainingFormat.LayerNorm),
            section.ReadOrDefault(TrainingFormat.Attention),
            section.ReadOrDefault(TrainingFormat.TaylorScale),
            section.ReadOrDefault(TrainingFormat.Compatibility),
            section.ReadOrDefault(TrainingFormat.Update));
    }
}
