namespace TinT.Tests.Common;

/// <summary>A theory that needs a file or folder of the shared folder and is skipped, with a message, where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedFolderTheoryAttribute : TheoryAttribute
{
    /// <summary>Creates the attribute.</summary>
    /// <param name="parts">Place of the file or folder below the shared folder.</param>
    public SharedFolderTheoryAttribute(params string[] parts)
    {
        if (!Path.Exists(RepositoryFiles.InShared(parts)))
            Skip = $"../shared/{string.Join('/', parts)} is not beside the repository.";
    }
}
