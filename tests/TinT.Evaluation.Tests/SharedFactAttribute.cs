namespace TinT.Evaluation.Tests;

/// <summary>A test that is skipped where a file beside the repository is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedFactAttribute : FactAttribute
{
    /// <summary>Creates the attribute.</summary>
    /// <param name="relativePath">What the test reads in <c>../shared</c>.</param>
    public SharedFactAttribute(string relativePath)
    {
        RelativePath = relativePath;
        if (SharedFiles.Find(relativePath) is null)
            Skip = $"shared/{relativePath} is not beside the repository.";
    }

    /// <summary>What the test reads in <c>../shared</c>.</summary>
    public string RelativePath { get; }
}
