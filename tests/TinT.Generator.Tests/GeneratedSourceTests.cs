using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Generator.Tests;

/// <summary>Snapshots of generated files, each compiled and run.</summary>
public sealed class GeneratedSourceTests
{
    [Theory]
    [InlineData("gpt2_var_mask_all_ones", "Gpt2VarMaskAllOnes")]
    [InlineData("opt_2step_all_f70", "Opt2stepAllF70")]
    public void Code_of_a_golden_case(string name, string model)
    {
        GoldenCase golden = GoldenCases.Open(name);
        GeneratorHost host = Generate(golden.SpecPath);

        foreach ((string hint, string text) in host.Sources)
            Snapshot.Match(text, "cs", Parameters(hint));

        using ISimulator simulator = GeneratedCode.LoadSimulator(GeneratedCode.Load(Sources(host)), model, golden.Folder);
        Agreements.AssertAuthors(simulator, golden);
    }

    [Theory]
    [InlineData("gpt2-exact.tint.yaml", "Gpt2Exact", "gpt2_var_gradmask_iclmask_posids")]
    [InlineData("opt-frozen.tint.yaml", "OptFrozen", "opt_2step_all_f70")]
    public void Code_of_other_options(string spec, string model, string checkpoint)
    {
        GoldenCase golden = GoldenCases.Open(checkpoint);
        GeneratorHost host = Generate(RepositoryFiles.InRepository("tests", "TinT.Generator.Tests", "Specs", spec));

        foreach ((string hint, string text) in host.Sources)
            Snapshot.Match(text, "cs", Parameters(hint));

        using ISimulator simulator = GeneratedCode.LoadSimulator(GeneratedCode.Load(Sources(host)), model, golden.Folder);
        Agreements.AssertPlain(simulator, golden.Folder, golden.ReadBatch());
    }

    private static GeneratorHost Generate(string specPath)
    {
        var host = new GeneratorHost(new MemoryText(specPath, File.ReadAllBytes(specPath)));
        Assert.Empty(host.Diagnostics);
        return host;
    }

    private static IEnumerable<(string, string)> Sources(GeneratorHost host) => host.Sources.Select(source => (source.Key, source.Value));

    private static string Parameters(string hint) => hint[..^".g.cs".Length];
}
