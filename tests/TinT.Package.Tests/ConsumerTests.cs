using System.Text;
using System.Text.Json;
using TinT.Compiler;
using TinT.Compiler.Compilation;
using TinT.Model;
using TinT.Runtime.Checkpoints;
using TinT.Tests.Common;

namespace TinT.Package.Tests;

/// <summary>Projects outside the repository that have nothing but the package.</summary>
[Collection(SharedPackage.Name), Trait("Speed", "Slow")]
public sealed class ConsumerTests(PackedPackage package)
{
    internal const string Tokenizer = """
        {"added_tokens":[{"id":0,"content":"<s>","special":true,"normalized":false}],
        "pre_tokenizer":{"type":"Metaspace","replacement":"▁","prepend_scheme":"always"},"decoder":{"type":"Metaspace","replacement":"▁","prepend_scheme":"always"},
        "post_processor":{"type":"RobertaProcessing","cls":["<s>",0],"sep":["<s>",0]},
        "model":{"type":"BPE","vocab":{"<s>":0,"▁":1,"a":2,"g":3,"o":4,"d":5,"m":6,"n":7,"oo":8,"ood":9,"▁a":10,"▁m":11,"an":12},"merges":["o o","oo d","▁ a","▁ m","a n"]}}
        """;

    private static readonly GoldenCase opt = GoldenCases.Open("opt_2step_all_f70");

    [Fact]
    public void A_console_project_gives_the_bits_of_the_tool_from_the_same_files()
    {
        string project = package.CopyConsumer("Console", ("models/deep/opt.tint.yaml", opt));

        package.AssertBuilds(project);
        string output = Path.Combine(project, "result.safetensors");
        string tokenizer = Directory.CreateDirectory(Path.Combine(project, "tokenizer")).FullName;
        File.WriteAllText(Path.Combine(tokenizer, "tokenizer.json"), Tokenizer);
        string printed = Dotnet.RunSuccessfully(
            project, Path.Combine("bin", "Debug", "net10.0", "App.dll"), opt.Folder, opt.InputPath, output, tokenizer, "a good man");

        Assert.Equal("Opt2stepAllF70: 1 of 32 tokens over 101\n7 tokens of 'a good man', finite: True\n", printed.ReplaceLineEndings("\n"));
        string expected = Path.Combine(project, "expected.safetensors");
        Dotnet.RunSuccessfully(
            project,
            RepositoryFiles.InRepository("src", "TinT.Cli", "bin", Dotnet.Configuration, "net10.0", "tint.dll"),
            "run", opt.SpecPath, "--checkpoint", opt.Folder, "--input", opt.InputPath, "--output", expected);
        AssertSameBits(expected, output, ["logits_before", "logits_after", "loss_before", "loss_after"]);
        AssertGenerated(project, "models/deep/opt.tint.yaml");
    }

    [Fact]
    public void A_project_that_has_the_package_through_a_library_compiles_specs_of_its_own()
    {
        string folder = package.CopyConsumer(
            "Transitive",
            ("Library/gpt2.tint.yaml", GoldenCases.Open("gpt2_var_mask_all_ones")),
            ("App/opt.tint.yaml", opt));
        string app = Path.Combine(folder, "App");

        package.AssertBuilds(app);

        string printed = Dotnet.RunSuccessfully(app, Path.Combine("bin", "Debug", "net10.0", "App.dll"));
        Assert.Equal("Gpt2VarMaskAllOnes Opt2stepAllF70\n", printed.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_broken_spec_fails_the_build_at_its_line_and_mending_it_mends_the_build()
    {
        string project = package.CopyConsumer("Console", ("opt.tint.yaml", opt));
        string spec = Path.Combine(project, "opt.tint.yaml");
        string text = File.ReadAllText(spec);
        package.AssertBuilds(project);

        File.WriteAllText(spec, text.Replace("sharding: 4", "sharding: 5", StringComparison.Ordinal));
        (int exitCode, string output) = package.Build(project, "--no-restore");
        Assert.Equal(1, exitCode);
        Assert.Contains(
            $"{spec}(12,13): error TINT2001: simulator.sharding 5 does not divide auxiliary.hidden_size 32, ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("CS8785", output, StringComparison.Ordinal);

        File.WriteAllText(spec, text);
        package.AssertBuilds(project, "--no-restore");
    }

    [Fact]
    public void The_package_sets_nothing_but_the_additional_files()
    {
        string project = package.CopyConsumer(
            "Transitive",
            ("Library/gpt2.tint.yaml", opt),
            ("Library/bin/copied.tint.yaml", opt),
            ("Library/obj/copied.tint.yaml", opt),
            ("Library/.hidden/copied.tint.yaml", opt));
        string library = Path.Combine(project, "Library");
        Dotnet.RunSuccessfully(library, "restore", "-v:quiet", $"-p:TinTVersion={package.Version}");

        string json = Dotnet.RunSuccessfully(
            library,
            "msbuild",
            $"-p:TinTVersion={package.Version}",
            "-getProperty:TreatWarningsAsErrors,ContinuousIntegrationBuild,Nullable,ImplicitUsings,InvariantGlobalization,EnforceCodeStyleInBuild,Deterministic",
            "-getItem:AdditionalFiles");

        using JsonDocument document = JsonDocument.Parse(json);
        Dictionary<string, string?> properties = document.RootElement.GetProperty("Properties").EnumerateObject().ToDictionary(
            property => property.Name, property => property.Value.GetString());
        Assert.Equal(
            new Dictionary<string, string?>
            {
                ["TreatWarningsAsErrors"] = "false",
                ["ContinuousIntegrationBuild"] = "",
                ["Nullable"] = "",
                ["ImplicitUsings"] = "",
                ["InvariantGlobalization"] = "",
                ["EnforceCodeStyleInBuild"] = "false",
                ["Deterministic"] = "true",
            },
            properties);
        JsonElement file = Assert.Single(document.RootElement.GetProperty("Items").GetProperty("AdditionalFiles").EnumerateArray());
        Assert.Equal("gpt2.tint.yaml", file.GetProperty("Identity").GetString());
    }

    private static void AssertSameBits(string expectedPath, string actualPath, string[] names)
    {
        using SafetensorsFile expected = SafetensorsFile.Open(expectedPath);
        using SafetensorsFile actual = SafetensorsFile.Open(actualPath);
        Assert.Equal(names.Order(StringComparer.Ordinal), actual.Tensors.Select(tensor => tensor.Name).Order(StringComparer.Ordinal));
        foreach (string name in names)
        {
            Assert.Equal(expected[name].Shape, actual[name].Shape);
            Assert.Equal(
                expected[name].ReadSingles().Select(BitConverter.SingleToInt32Bits), actual[name].ReadSingles().Select(BitConverter.SingleToInt32Bits));
        }
    }

    /// <summary>The files that the user's compiler wrote are, byte by byte, what the compiler gives here.</summary>
    private static void AssertGenerated(string project, string spec)
    {
        string generated = Path.Combine(project, "obj", "Debug", "net10.0", "generated", "TinT.Generator", "TinT.Generator.TintGenerator");
        string path = Path.Combine(project, spec);
        EquatableArray<GeneratedSource> sources = SpecCompiler.Compile(File.ReadAllText(path), path).Sources;
        Assert.Equal(
            sources.Select(source => source.HintName).Order(StringComparer.Ordinal),
            Directory.GetFiles(generated).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Assert.All(sources, source => Assert.Equal(Encoding.UTF8.GetBytes(source.Text), File.ReadAllBytes(Path.Combine(generated, source.HintName))));
    }
}
