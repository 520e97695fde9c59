namespace TinT.Evaluation.Tests;

/// <summary>Files that lie beside the repository and are not part of it.</summary>
internal static class SharedFiles
{
    /// <summary>Path of a file or folder in <c>../shared</c>, or <see langword="null"/> if it is not there.</summary>
    public static string? Find(string relativePath)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TinT.Compiler.sln")))
            folder = folder.Parent;
        if (folder?.Parent is null)
            return null;
        string path = Path.Combine(folder.Parent.FullName, "shared", relativePath);
        return Path.Exists(path) ? path : null;
    }
}
