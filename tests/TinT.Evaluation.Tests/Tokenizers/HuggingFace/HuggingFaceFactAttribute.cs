namespace TinT.Evaluation.Tests.Tokenizers.HuggingFace;

/// <summary>A fact that needs Hugging Face's own implementation and is skipped, with a message, where that does not load.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class HuggingFaceFactAttribute : FactAttribute
{
    public HuggingFaceFactAttribute()
    {
        Skip = HuggingFaceTokenizer.Absence;
    }
}
