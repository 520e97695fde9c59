namespace TinT.Package.Tests;

/// <summary>All tests share one package and take turns.</summary>
[CollectionDefinition(Name)]
public sealed class SharedPackage : ICollectionFixture<PackedPackage>
{
    /// <summary>Name of the collection.</summary>
    public const string Name = "package";
}
