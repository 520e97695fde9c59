namespace TinT.Tests.Common;

/// <summary>Runs of the authors' code: three in the repository, more in <c>../shared/golden</c> where that is present, and cases of other architectures.</summary>
/// <remarks>
/// Use <c>[Theory, MemberData(nameof(GoldenCases.InRepository), MemberType = typeof(GoldenCases))]</c> and
/// <c>[SharedFolderTheory("golden"), MemberData(nameof(GoldenCases.InSharedFolder), …)]</c>, which skips where the folder is absent.
/// </remarks>
public static class GoldenCases
{
    /// <summary>Names of the cases in <c>tests/Golden</c>.</summary>
    public static TheoryData<string> InRepository => Names(RepositoryFiles.InRepository("tests", "Golden"));

    /// <summary>Names of the cases that only <c>../shared/golden</c> has; empty where that is absent.</summary>
    public static TheoryData<string> InSharedFolder
    {
        get
        {
            string folder = RepositoryFiles.InShared("golden");
            return Directory.Exists(folder) ? Names(folder, except: RepositoryFiles.InRepository("tests", "Golden")) : [];
        }
    }

    /// <summary>Names of the cases of other architectures in <c>../shared/golden-variants</c>; empty where that is absent.</summary>
    public static TheoryData<string> Variants
    {
        get
        {
            string folder = RepositoryFiles.InShared("golden-variants");
            return Directory.Exists(folder) ? Names(folder) : [];
        }
    }

    /// <summary>Opens a case, from the repository if it has it.</summary>
    /// <param name="name">Name of its folder.</param>
    public static GoldenCase Open(string name)
    {
        string[] folders = [RepositoryFiles.InRepository("tests", "Golden", name), RepositoryFiles.InShared("golden", name), RepositoryFiles.InShared(
            "golden-variants", name)];
        return new GoldenCase(folders.First(Directory.Exists));
    }

    private static TheoryData<string> Names(string folder, string? except = null)
    {
        IEnumerable<string> names = Directory.GetDirectories(folder)
            .Select(path => Path.GetFileName(path))
            .Where(name => except is null || !Directory.Exists(Path.Combine(except, name)))
            .Order(StringComparer.Ordinal);
        return [.. names];
    }
}
