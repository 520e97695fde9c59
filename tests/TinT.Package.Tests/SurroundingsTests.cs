using System.Text.RegularExpressions;

namespace TinT.Package.Tests;

/// <summary>Projects that are not made for the package: old ones, full of other names, with other analyzers. What does not build says why in one error.</summary>
[Collection(SharedPackage.Name), Trait("Speed", "Slow")]
public sealed partial class SurroundingsTests(PackedPackage package)
{
    private const string Spec = """
        tint: 1
        model: Small
        auxiliary:
          architecture: gpt2
          vocab_size: 101
          max_position_embeddings: 32
          hidden_size: 48
          num_hidden_layers: 2
          num_attention_heads: 3
        simulator:
          sharding: 3

        """;

    [Theory]
    [InlineData("net8.0")]
    [InlineData("netstandard2.0")]
    public void An_older_framework_is_told_by_restore(string framework)
    {
        string project = Small();

        // Without its reference assemblies, which need not be on this machine.
        (int exitCode, string output) = package.Build(project, $"-p:ConsumerFramework={framework}", "-p:DisableImplicitFrameworkReferences=true");

        Assert.Equal(1, exitCode);
        Assert.Contains("supports: net10.0", Assert.Single(Errors(output)), StringComparison.Ordinal);
        Assert.Contains("error NU1202: ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("11")]
    [InlineData("7.3")]
    public void An_older_CSharp_is_told_at_the_spec(string version)
    {
        string project = Small();

        (int exitCode, string output) = package.Build(project, $"-p:LangVersion={version}");

        Assert.Equal(1, exitCode);
        Assert.Contains($"{Path.Combine(project, "small.tint.yaml")}(1,1): error TINT3003: ", Assert.Single(Errors(output)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_in_a_spec_is_the_only_error_though_code_uses_its_class()
    {
        string project = Small(Spec.Replace("hidden_size", "hiden_size", StringComparison.Ordinal));

        (int exitCode, string output) = package.Build(project);

        Assert.Equal(1, exitCode);
        Assert.Contains("small.tint.yaml(7,3): error TINT0020: ", Assert.Single(Errors(output)), StringComparison.Ordinal);
    }

    /// <summary>It uses another version of the YAML library and fails in each of its analyzers if it is given that of this package.</summary>
    [Fact]
    public void Another_analyzer_keeps_its_own_YAML_library()
    {
        string project = Small();

        package.AssertBuilds(project, "-p:OtherAnalyzer=SecurityCodeScan.VS2019", "-p:OtherAnalyzerVersion=5.6.7", "-p:TreatWarningsAsErrors=true");
    }

    [Fact]
    public void Types_and_namespaces_of_the_project_may_have_any_name()
    {
        string project = Small();
        File.WriteAllText(Path.Combine(project, "Types.cs"), """
            global using Shop.Geometry;

            public sealed class MatrixView { }
            public sealed class ParameterStore { }
            public sealed class Workers { }
            namespace Shop.Geometry { public sealed class MatrixView { } public sealed class SequenceRun { } }
            namespace TinT.Generated { public sealed class VectorView { } public sealed class CpuPasses { } public sealed class System { } }
            namespace TinT.Generated.TinT { public sealed class Runtime { } }
            """);

        package.AssertBuilds(project, "-p:TreatWarningsAsErrors=true");
    }

    [Fact]
    public void Specs_that_would_generate_one_class_are_told_of_each_other()
    {
        string project = Small();
        File.WriteAllText(Path.Combine(project, "other.tint.yaml"), Spec.Replace("model: Small", "model: SmallGpu", StringComparison.Ordinal));

        (int exitCode, string output) = package.Build(project);

        Assert.Equal(1, exitCode);
        Assert.Equal(2, Errors(output).Count);
        Assert.All(Errors(output), error => Assert.Contains("error TINT3002: ", error, StringComparison.Ordinal));
        Assert.Contains("small.tint.yaml has the model 'Small'", output, StringComparison.Ordinal);
        Assert.Contains("other.tint.yaml has the model 'SmallGpu'", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-p:AppNamespace=Shop.Models", "Shop.Models.SmallSimulator")]
    [InlineData("-p:LibraryAccess=internal", "TinT.Generated.SmallSimulator")]
    public void A_library_and_its_user_may_have_the_same_spec(string property, string expected)
    {
        string folder = package.CopyConsumer("SameSpec");
        File.WriteAllText(Path.Combine(folder, "Library", "small.tint.yaml"), Spec);
        File.WriteAllText(Path.Combine(folder, "App", "small.tint.yaml"), Spec);
        string app = Path.Combine(folder, "App");

        package.AssertBuilds(app, property);

        Assert.Equal(expected, Dotnet.RunSuccessfully(app, Path.Combine("bin", "Debug", "net10.0", "App.dll")).Trim());
    }

    [Fact]
    public void A_spec_that_is_renamed_or_removed_is_no_longer_compiled()
    {
        string project = Small();
        string generated = Path.Combine(
            project, "obj", "Debug", "net10.0", "generated", "TinT.Generator", "TinT.Generator.TintGenerator", "Small.Simulator.g.cs");
        package.AssertBuilds(project);
        Assert.Contains("// Compiled from small.tint.yaml,", File.ReadAllText(generated), StringComparison.Ordinal);

        // Renaming changes no time of a file.
        File.Move(Path.Combine(project, "small.tint.yaml"), Path.Combine(project, "renamed.tint.yaml"));
        package.AssertBuilds(project, "--no-restore");
        Assert.Contains("// Compiled from renamed.tint.yaml,", File.ReadAllText(generated), StringComparison.Ordinal);

        File.Delete(Path.Combine(project, "renamed.tint.yaml"));
        (int exitCode, string output) = package.Build(project, "--no-restore");
        Assert.Equal(1, exitCode);
        Assert.Contains("error CS0234: ", Assert.Single(Errors(output)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_spec_with_the_other_extension_is_warned_of()
    {
        string project = Small();
        File.WriteAllText(Path.Combine(project, "other.tint.yml"), Spec);

        (int exitCode, string output) = package.Build(project);

        Assert.Equal(0, exitCode);
        Assert.Contains("other.tint.yml(1,1): warning TINT3004: ", output, StringComparison.Ordinal);
    }

    private string Small(string spec = Spec)
    {
        string project = package.CopyConsumer("Small");
        File.WriteAllText(Path.Combine(project, "small.tint.yaml"), spec);
        return project;
    }

    /// <summary>Lines with errors; each is printed as it comes and again in the summary.</summary>
    private static List<string> Errors(string output) => [.. Error().Matches(output).Select(match => match.Value.Trim()).Distinct()];

    [GeneratedRegex("^.*: error .*$", RegexOptions.Multiline)]
    private static partial Regex Error();
}
