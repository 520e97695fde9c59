using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using TinT.Tests.Common;

namespace TinT.Package.Tests;

[Collection(SharedPackage.Name), Trait("Speed", "Slow")]
public sealed partial class PackageContentTests(PackedPackage package)
{
    [Fact]
    public void The_package_has_exactly_the_files_that_a_user_needs() => Assert.Equal(
        [
            "README.md",
            "THIRD-PARTY-NOTICES.txt",
            "TinT.Compiler.nuspec",
            "analyzers/dotnet/cs/TinT.Compiler.YamlDotNet.dll",
            "analyzers/dotnet/cs/TinT.Compiler.dll",
            "analyzers/dotnet/cs/TinT.Generator.dll",
            "analyzers/dotnet/cs/TinT.Model.dll",
            "build/net10.0/TinT.Compiler.props",
            "build/net10.0/TinT.Compiler.targets",
            "buildTransitive/net10.0/TinT.Compiler.props",
            "buildTransitive/net10.0/TinT.Compiler.targets",
            "icon.png",
            "lib/net10.0/TinT.Evaluation.dll",
            "lib/net10.0/TinT.Evaluation.xml",
            "lib/net10.0/TinT.Model.dll",
            "lib/net10.0/TinT.Model.xml",
            "lib/net10.0/TinT.Reports.dll",
            "lib/net10.0/TinT.Reports.xml",
            "lib/net10.0/TinT.Runtime.dll",
            "lib/net10.0/TinT.Runtime.xml",
            "tint.schema.json",
        ],
        Files(package.PackagePath));

    [Fact]
    public void The_package_for_GPUs_has_what_GPU_simulators_call() => Assert.Equal(
        ["README.md", "TinT.Compiler.Gpu.nuspec", "icon.png", "lib/net10.0/TinT.Runtime.Ilgpu.dll", "lib/net10.0/TinT.Runtime.Ilgpu.xml"],
        Files(package.GpuPackagePath));

    [Fact]
    public void The_package_depends_on_the_runtimes_one_dependency_only() =>
        Assert.Equal("System.Numerics.Tensors", Assert.Single(Dependencies(package.PackagePath, "TinT.Compiler")).Attribute("id")!.Value);

    [Fact]
    public void The_package_for_GPUs_depends_on_the_compiler_with_its_generator_and_on_ILGPU_before_its_API_changed()
    {
        XElement[] dependencies = Dependencies(package.GpuPackagePath, "TinT.Compiler.Gpu");

        Assert.Equal(
            [("ILGPU", "[1.5.3, 1.6.0)"), ("ILGPU.Algorithms", "[1.5.3, 1.6.0)"), ("TinT.Compiler", package.Version)],
            dependencies.Select(dependency => (dependency.Attribute("id")!.Value, dependency.Attribute("version")!.Value)));
        Assert.Equal("All", dependencies[^1].Attribute("include")!.Value);
    }

    [Fact]
    public void No_assembly_has_the_public_identity_of_the_YAML_library_and_all_have_symbols()
    {
        AssertAssemblies(package.PackagePath);
        AssertAssemblies(package.GpuPackagePath);
    }

    [Fact]
    public void Links_of_the_readme_work_in_a_gallery()
    {
        using ZipArchive archive = ZipFile.OpenRead(package.PackagePath);
        using var reader = new StreamReader(archive.GetEntry("README.md")!.Open());
        string[] links = [.. Link().Matches(reader.ReadToEnd()).Select(match => match.Groups["target"].Value)];

        Assert.Contains(links, link => link.EndsWith("/blob/main/generators/README.md", StringComparison.Ordinal));
        Assert.All(links, link => Assert.Matches("^(https://|#)", link));
    }

    [Theory]
    [InlineData("TinT.Package")]
    [InlineData("TinT.Package.Gpu")]
    [InlineData("TinT.Cli")]
    public void Packages_go_where_the_readme_says(string project) => Assert.Equal(
        RepositoryFiles.InRepository("artifacts"),
        Path.TrimEndingDirectorySeparator(
            Dotnet.RunSuccessfully(RepositoryFiles.Root, "msbuild", RepositoryFiles.InRepository("src", project), "-getProperty:PackageOutputPath").Trim()));

    /// <summary>Files of a package but those that every package has.</summary>
    private static string[] Files(string path)
    {
        using ZipArchive archive = ZipFile.OpenRead(path);
        return
        [
            .. archive.Entries
                .Select(entry => entry.FullName)
                .Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal) && name != "[Content_Types].xml")
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Dependencies of a package by name, after a look at what it says of itself.</summary>
    private XElement[] Dependencies(string path, string id)
    {
        using ZipArchive archive = ZipFile.OpenRead(path);
        using Stream stream = archive.GetEntry($"{id}.nuspec")!.Open();
        XElement metadata = XDocument.Load(stream).Root!.Elements().Single();
        XElement Element(string name) => metadata.Elements().Single(element => element.Name.LocalName == name);

        Assert.Equal(id, Element("id").Value);
        Assert.Equal(package.Version, Element("version").Value);
        Assert.Equal("MIT", Element("license").Value);
        Assert.Equal(("icon.png", "README.md"), (Element("icon").Value, Element("readme").Value));
        Assert.All(["projectUrl", "tags", "releaseNotes", "title", "description", "copyright"], name => Assert.NotEmpty(Element(name).Value));
        Assert.StartsWith("https://", Element("repository").Attribute("url")!.Value, StringComparison.Ordinal);
        XElement group = Assert.Single(Element("dependencies").Elements());
        Assert.Equal("net10.0", group.Attribute("targetFramework")!.Value);
        return [.. group.Elements().OrderBy(dependency => dependency.Attribute("id")!.Value, StringComparer.Ordinal)];
    }

    private static void AssertAssemblies(string path)
    {
        using ZipArchive archive = ZipFile.OpenRead(path);
        foreach (ZipArchiveEntry entry in archive.Entries.Where(entry => entry.FullName.EndsWith(".dll", StringComparison.Ordinal)))
        {
            using var content = new MemoryStream();
            using (Stream stream = entry.Open())
                stream.CopyTo(content);
            content.Position = 0;
            using var image = new PEReader(content);
            MetadataReader metadata = image.GetMetadataReader();
            AssemblyDefinition assembly = metadata.GetAssemblyDefinition();

            Assert.Equal(entry.Name, metadata.GetString(assembly.Name) + ".dll");
            Assert.True(assembly.PublicKey.IsNil, entry.Name);
            Assert.DoesNotContain("YamlDotNet", metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)));
            if (!entry.Name.Contains("YamlDotNet", StringComparison.Ordinal))
                AssertHasSymbols(image, entry.Name);
        }
    }

    /// <summary>Symbols are embedded, and their paths are those of no machine.</summary>
    private static void AssertHasSymbols(PEReader image, string name)
    {
        DebugDirectoryEntry entry = Assert.Single(image.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        using MetadataReaderProvider provider = image.ReadEmbeddedPortablePdbDebugDirectoryData(entry);
        MetadataReader symbols = provider.GetMetadataReader();
        Assert.True(symbols.Documents.Count > 1, name);
        Assert.All(symbols.Documents, handle => Assert.StartsWith("/_", symbols.GetString(symbols.GetDocument(handle).Name), StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\]\((?<target>[^)]+)\)")]
    private static partial Regex Link();
}
