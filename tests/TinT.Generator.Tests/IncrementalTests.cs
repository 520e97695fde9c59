using Microsoft.CodeAnalysis;
using TinT.Tests.Common;

namespace TinT.Generator.Tests;

public sealed class IncrementalTests
{
    private static readonly SmallSpec First = new("First");
    private static readonly SmallSpec Second = new("Second") { Architecture = "opt" };
    private static readonly SmallSpec Third = new("Third") { Loss = "quadratic" };

    [Fact]
    public void Every_spec_is_compiled_once_into_three_files()
    {
        GeneratorHost host = OpenThree();

        Assert.Equal(["First", "Second", "Third"], host.CompiledModels);
        Assert.Equal(
            [
                "First.CpuKernels.g.cs", "First.Layout.g.cs", "First.Passes.g.cs", "First.Simulator.g.cs",
                "Second.CpuKernels.g.cs", "Second.Layout.g.cs", "Second.Passes.g.cs", "Second.Simulator.g.cs",
                "Third.CpuKernels.g.cs", "Third.Layout.g.cs", "Third.Passes.g.cs", "Third.Simulator.g.cs",
            ],
            host.Sources.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(host.Diagnostics);
    }

    [Fact]
    public void Editing_one_spec_of_three_recompiles_that_one()
    {
        GeneratorHost host = OpenThree();
        IReadOnlyDictionary<string, string> before = host.Sources;

        host.Edit(File(Second with { Activation = "silu" }));

        Assert.Equal(["Second"], host.CompiledModels);
        Assert.Equal(Changes(modified: 4, of: 12), host.Reasons(TrackingNames.AddSources).Order());
        Assert.Equal(
            ["Second.CpuKernels.g.cs", "Second.Layout.g.cs", "Second.Passes.g.cs", "Second.Simulator.g.cs"],
            host.Sources.Where(source => source.Value != before[source.Key]).Select(source => source.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Saving_a_spec_unchanged_recompiles_nothing()
    {
        GeneratorHost host = OpenThree();

        host.Edit(File(Second));

        Assert.Empty(host.CompiledModels);
        Assert.DoesNotContain(IncrementalStepRunReason.Modified, host.Reasons(TrackingNames.ReadSpecs));
    }

    [Fact]
    public void Editing_a_C_sharp_file_recompiles_nothing()
    {
        GeneratorHost host = OpenThree();

        host.EditCode("class Program { static void Main() => System.Console.WriteLine(1); }");

        Assert.Empty(host.CompiledModels);
        Assert.Equal(Changes(modified: 0, of: 12), host.Reasons(TrackingNames.AddSources).Order());
        Assert.Equal(12, host.Sources.Count);
    }

    [Fact]
    public void An_additional_file_that_is_no_spec_recompiles_nothing()
    {
        GeneratorHost host = OpenThree();

        host.Edit(new MemoryText("/project/notes.yaml", "model: Notes"));
        Assert.Empty(host.CompiledModels);
        host.Edit(new MemoryText("/project/notes.yaml", "model: OtherNotes"));
        Assert.Empty(host.CompiledModels);

        Assert.Equal(12, host.Sources.Count);
        Assert.Empty(host.Diagnostics);
    }

    [Fact]
    public void A_spec_is_known_by_its_extension_in_any_letter_case()
    {
        var host = new GeneratorHost(
            new MemoryText("/project/First.TINT.YAML", First.Text),
            new MemoryText("/project/Second.yaml", Second.Text),
            new MemoryText("/project/tint.yaml", Third.Text));

        Assert.Equal(["First"], host.CompiledModels);
    }

    [Fact]
    public void An_error_in_one_spec_does_not_stop_the_others_and_mending_it_brings_it_back()
    {
        GeneratorHost host = OpenThree();
        IReadOnlyDictionary<string, string> before = host.Sources;

        host.Edit(new MemoryText(PathOf(Second), Second.Text.Replace("sharding: 4", "sharding: 5", StringComparison.Ordinal)));
        Assert.Equal(["Second"], host.CompiledModels);
        Assert.Equal(["TINT2001"], host.Diagnostics.Select(diagnostic => diagnostic.Id));
        Assert.Equal(8, host.Compiled.Count());

        host.Edit(File(Second));
        Assert.Equal(["Second"], host.CompiledModels);
        Assert.Empty(host.Diagnostics);
        Assert.Equal(before, host.Sources);
    }

    [Fact]
    public void A_comment_changes_the_recorded_hash_only()
    {
        GeneratorHost host = OpenThree();
        IReadOnlyDictionary<string, string> before = host.Sources;

        host.Edit(new MemoryText(PathOf(Second), Second.Text + "# a comment at the end\n"));

        foreach ((string name, string text) in host.Sources.Where(source => source.Key.StartsWith("Second", StringComparison.Ordinal)))
        {
            IEnumerable<int> changed = before[name].Split('\n').Zip(text.Split('\n')).Index().Where(line => line.Item.First != line.Item.Second).Select(
                line => line.Index);
            Assert.Equal([1], changed);
        }
    }

    [Fact]
    public void Adding_and_removing_a_spec_touches_no_other()
    {
        GeneratorHost host = OpenThree();
        SmallSpec fourth = new("Fourth");

        host.Edit(File(fourth));
        Assert.Equal(["Fourth"], host.CompiledModels);
        Assert.Equal(16, host.Sources.Count);

        host.Remove(PathOf(fourth));
        Assert.Empty(host.CompiledModels);
        Assert.Equal(12, host.Sources.Count);
    }

    [Fact]
    public void A_name_that_becomes_shared_withdraws_both_specs_and_recompiles_neither_of_the_others()
    {
        GeneratorHost host = OpenThree();

        host.Edit(new MemoryText(PathOf(Third), (Third with { Model = "First" }).Text));
        Assert.Equal(["First"], host.CompiledModels);
        Assert.Equal(["TINT3002", "TINT3002"], host.Diagnostics.Select(diagnostic => diagnostic.Id));
        Assert.Equal(4, host.Compiled.Count());

        host.Edit(File(Third));
        Assert.Equal(["Third"], host.CompiledModels);
        Assert.Empty(host.Diagnostics);
        Assert.Equal(12, host.Sources.Count);
    }

    private static GeneratorHost OpenThree() => new(File(First), File(Second), File(Third));

    private static MemoryText File(SmallSpec spec) => new(PathOf(spec), spec.Text);

    private static string PathOf(SmallSpec spec) => "/project/" + spec.FileName;

    /// <summary>Reasons of the outputs of a step, in order of their values: cached ones are the greatest.</summary>
    private static IEnumerable<IncrementalStepRunReason> Changes(int modified, int of) =>
        Enumerable.Repeat(IncrementalStepRunReason.Modified, modified).Concat(Enumerable.Repeat(IncrementalStepRunReason.Cached, of - modified));
}
