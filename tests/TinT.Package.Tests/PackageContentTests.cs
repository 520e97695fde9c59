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
    public void The_package_has_exactly_the_files_that_a_user_needs()
    {
        using ZipArchive archive = ZipFile.OpenRead(package.PackagePath);
        IEnumerable<string> files = archive.Entries
            .Select(entry => entry.FullName)
            .Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal) && name != "[Content_Types].xml");

        Assert.Equal(
            [
                "README.md",
                "THIRD-PARTY-NOTICES.txt",
                "TinT.Compiler.nuspec",
                "analyzers/dotnet/cs/TinT.Compiler.YamlDotNet.dll",
                "analyzers/dotnet/cs/TinT.Compiler.dll",
                "analyzers/dotnet/cs/TinT.Generator.dll",
                "build/net10.0/TinT.Compiler.props",
                "build/net10.0/TinT.Compiler.targets",
                "buildTransitive/net10.0/TinT.Compiler.props",
                "buildTransitive/net10.0/TinT.Compiler.targets",
                "icon.png",
                "lib/net10.0/TinT.Evaluation.dll",
                "lib/net10.0/TinT.Evaluation.xml",
                "lib/net10.0/TinT.Runtime.dll",
                "lib/net10.0/TinT.Runtime.xml",
                "tint.schema.json",
            ],
            files.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_package_depends_on_the_runtimes_one_dependency_only()
    {
        using ZipArchive archive = ZipFile.OpenRead(package.PackagePath);
        using Stream stream = archive.GetEntry("TinT.Compiler.nuspec")!.Open();
        XElement metadata = XDocument.Load(stream).Root!.Elements().Single();
        XElement Element(string name) => metadata.Elements().Single(element => element.Name.LocalName == name);

        Assert.Equal("TinT.Compiler", Element("id").Value);
        Assert.Equal(package.Version, Element("version").Value);
        Assert.Equal("MIT", Element("license").Value);
        Assert.Equal(("icon.png", "README.md"), (Element("icon").Value, Element("readme").Value));
        Assert.All(["projectUrl", "tags", "releaseNotes", "title", "description", "copyright"], name => Assert.NotEmpty(Element(name).Value));
        Assert.StartsWith("https://", Element("repository").Attribute("url")!.Value, StringComparison.Ordinal);
        XElement group = Assert.Single(Element("dependencies").Elements());
        Assert.Equal("net10.0", group.Attribute("targetFramework")!.Value);
        Assert.Equal("System.Numerics.Tensors", Assert.Single(group.Elements()).Attribute("id")!.Value);
    }

    [Fact]
    public void No_assembly_has_the_public_identity_of_the_YAML_library()
    {
        using ZipArchive archive = ZipFile.OpenRead(package.PackagePath);
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
    [InlineData("TinT.Cli")]
    public void Packages_go_where_the_readme_says(string project) => Assert.Equal(
        RepositoryFiles.InRepository("artifacts"),
        Path.TrimEndingDirectorySeparator(Dotnet.RunSuccessfully(RepositoryFiles.Root, "msbuild", RepositoryFiles.InRepository("src", project), "-getProperty:PackageOutputPath").Trim()));

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
