using System.IO.Compression;
using System.Xml.Linq;

namespace TinT.Package.Tests;

[Collection(SharedPackage.Name), Trait("Speed", "Slow")]
public sealed class PackageContentTests(PackedPackage package)
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
                "analyzers/dotnet/cs/TinT.Compiler.dll",
                "analyzers/dotnet/cs/TinT.Generator.dll",
                "analyzers/dotnet/cs/YamlDotNet.dll",
                "build/TinT.Compiler.props",
                "buildTransitive/TinT.Compiler.props",
                "lib/net10.0/TinT.Runtime.dll",
                "lib/net10.0/TinT.Runtime.xml",
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
        XElement group = Assert.Single(Element("dependencies").Elements());
        Assert.Equal("net10.0", group.Attribute("targetFramework")!.Value);
        Assert.Equal("System.Numerics.Tensors", Assert.Single(group.Elements()).Attribute("id")!.Value);
    }
}
