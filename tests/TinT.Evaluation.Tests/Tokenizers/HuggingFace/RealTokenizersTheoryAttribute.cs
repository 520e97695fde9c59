namespace TinT.Evaluation.Tests.Tokenizers.HuggingFace;

/// <summary>A theory that needs real tokenizers and is skipped, with a message, where there are none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealTokenizersTheoryAttribute : TheoryAttribute
{
    public RealTokenizersTheoryAttribute()
    {
        Skip = RealTokenizers.Absence;
    }
}
