using TinT.Compiler.Specs.Reading;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Models.Tests;

/// <summary>Cases of other architectures, whose forward passes and gradients Hugging Face's own code confirms.</summary>
public sealed class VariantTests
{
    [SharedFolderTheory("golden-variants"), MemberData(nameof(GoldenCases.Variants), MemberType = typeof(GoldenCases))]
    public void A_generated_simulator_agrees_with_the_case_in_both_forms(string name)
    {
        GoldenCase golden = GoldenCases.Open(name);
        foreach (string form in golden.Description.Training.LayerNorm == "full" ? ["primal"] : SmallSpec.Updates)
        {
            using ISimulator simulator = GoldenSimulators.Load(golden, form, threads: 3);
            Agreements.AssertAuthors(simulator, golden);
        }
    }

    /// <summary>The context may be less where there is no table of positions, and then the spec's counts.</summary>
    [SharedFolderTheory("golden-variants"), MemberData(nameof(GoldenCases.Variants), MemberType = typeof(GoldenCases))]
    public void The_spec_and_the_configuration_describe_the_same_model(string name)
    {
        GoldenCase golden = GoldenCases.Open(name);
        SpecReadResult spec = SpecReader.Read(File.ReadAllText(golden.SpecPath));

        Assert.Equal([], spec.Diagnostics.Select(diagnostic => diagnostic.Message));
        int context = spec.Spec!.Auxiliary.MaxPositionEmbeddings;
        Assert.Equal(HuggingFaceConfiguration.Read(Path.Combine(golden.Folder, "config.json")).Description with { MaxPositionEmbeddings = context }, spec.Spec.Auxiliary.Model);
    }
}
