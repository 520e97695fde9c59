namespace TinT.Tests.Common;

/// <summary>Where a test finds files of the repository and, beside it, the team's shared folder.</summary>
public static class RepositoryFiles
{
    /// <summary>The folder with <c>TinT.Compiler.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The folder <c>shared</c> beside the repository; it may be absent.</summary>
    public static string SharedFolder => Path.GetFullPath(Path.Combine(Root, "..", "shared"));

    /// <summary>Path of a file or folder of the repository.</summary>
    /// <param name="parts">Its place below the root.</param>
    public static string InRepository(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Path of a file or folder of the shared folder; it may be absent.</summary>
    /// <param name="parts">Its place below the shared folder.</param>
    public static string InShared(params string[] parts) => Path.Combine([SharedFolder, .. parts]);

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TinT.Compiler.sln")))
            folder = folder.Parent;
        return folder?.FullName
            ?? throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} has TinT.Compiler.sln; run the tests inside the repository.");
    }
}
