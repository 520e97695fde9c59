using TinT.Tests.Common;

namespace TinT.Package.Tests;

/// <summary>The packages, packed once from what the repository's build left, and a folder outside the repository for projects that use it.</summary>
public sealed class PackedPackage : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string compiler = $"tint-{Guid.NewGuid():N}";

    /// <summary>Packs.</summary>
    public PackedPackage()
    {
        // A version of its own, so that no package of an earlier run can take its place.
        Version = $"0.0.0-test.{Guid.NewGuid():N}";
        PackagePath = Pack("TinT.Package", "TinT.Compiler");
        GpuPackagePath = Pack("TinT.Package.Gpu", "TinT.Compiler.Gpu");

        // No setting, package or source from outside: only the new packages and what the repository itself was built with.
        File.WriteAllText(folder.File("Directory.Build.props"), "<Project />");
        File.WriteAllText(folder.File("Directory.Build.targets"), "<Project />");
        File.WriteAllText(folder.File("Directory.Packages.props"), "<Project />");
        File.WriteAllText(folder.File("nuget.config"), $"""
            <?xml version="1.0" encoding="utf-8"?>
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <fallbackPackageFolders><clear /><add key="repository" value="{Dotnet.PackageFolder}" /></fallbackPackageFolders>
              <packageSources><clear /><add key="feed" value="feed" /></packageSources>
              <packageSourceMapping><clear /></packageSourceMapping>
            </configuration>
            """);
    }

    /// <summary>Version of the packages.</summary>
    public string Version { get; }

    /// <summary>Path of the package TinT.Compiler.</summary>
    public string PackagePath { get; }

    /// <summary>Path of the package TinT.Compiler.Gpu.</summary>
    public string GpuPackagePath { get; }

    /// <summary>Copies a consumer and gives it a spec for each project.</summary>
    /// <param name="name">Folder below <c>Consumers</c>.</param>
    /// <param name="specs">Places of specs below the copy, and the golden cases they come from.</param>
    /// <returns>Folder of the copy.</returns>
    public string CopyConsumer(string name, params (string Place, GoldenCase Golden)[] specs)
    {
        string source = RepositoryFiles.InRepository("tests", "TinT.Package.Tests", "Consumers", name);
        string target = folder.File($"{name}-{Guid.NewGuid():N}");
        foreach (string file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
            Copy(file, Path.Combine(target, Path.GetRelativePath(source, file)));
        foreach ((string place, GoldenCase golden) in specs)
            Copy(golden.SpecPath, Path.Combine(target, place));
        return target;
    }

    /// <summary>Builds a consumer with a compiler that these tests share among themselves and with nobody else, so that it has this run's culture.</summary>
    /// <param name="project">Folder of the project.</param>
    /// <param name="arguments">More arguments.</param>
    public (int ExitCode, string Output) Build(string project, params string[] arguments) =>
        Dotnet.Run(project, ["build", "-nologo", "-v:quiet", .. Properties, .. arguments]);

    /// <summary>What every build of a consumer is told.</summary>
    public IReadOnlyList<string> Properties => [$"-p:TinTVersion={Version}", "-p:UseSharedCompilation=true", $"-p:SharedCompilationId={compiler}"];

    /// <summary>Builds a consumer without an error or a warning.</summary>
    /// <param name="project">Folder of the project.</param>
    /// <param name="arguments">More arguments.</param>
    public void AssertBuilds(string project, params string[] arguments)
    {
        (int exitCode, string output) = Build(project, arguments);
        Assert.True(exitCode == 0, output);
        Assert.Contains(" 0 Warning(s)", output, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dotnet.Run(folder.Path, Dotnet.CompilerServer, "-shutdown", $"-pipename:{compiler}");
        folder.Dispose();
    }

    private string Pack(string project, string package)
    {
        Dotnet.RunSuccessfully(
            RepositoryFiles.Root,
            "pack",
            RepositoryFiles.InRepository("src", project),
            "--no-build",
            "--configuration", Dotnet.Configuration,
            "--output", folder.File("feed"),
            $"-p:PackageVersion={Version}",
            $"-p:NuspecOutputPath={folder.File("nuspec")}");
        return Assert.Single(Directory.GetFiles(folder.File("feed"), $"{package}.{Version}.nupkg"));
    }

    private static void Copy(string source, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(source, target);
    }
}
