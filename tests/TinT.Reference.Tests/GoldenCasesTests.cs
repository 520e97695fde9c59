using TinT.Model;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Reference.Tests;

public sealed class GoldenCasesTests
{
    [Fact]
    public void The_repository_has_its_three_cases()
    {
        Assert.Equal(
            ["gpt2_var_gradmask_iclmask_posids", "gpt2_var_mask_all_ones", "opt_2step_all_f70"],
            GoldenCases.InRepository.Cast<object[]>().Select(row => (string)row[0]));
    }

    [Theory, MemberData(nameof(GoldenCases.InRepository), MemberType = typeof(GoldenCases))]
    public void Inputs_and_expectations_have_the_sizes_of_the_spec(string name) => CheckSizes(name);

    [SharedFolderTheory("golden"), MemberData(nameof(GoldenCases.InSharedFolder), MemberType = typeof(GoldenCases))]
    public void Shared_inputs_and_expectations_have_the_sizes_of_the_spec(string name) => CheckSizes(name);

    private static void CheckSizes(string name)
    {
        GoldenCase golden = GoldenCases.Open(name);
        SimulationBatch batch = golden.ReadBatch();
        TrainingDescription training = golden.Description.Training;

        Assert.Equal(golden.Description.Training.Steps, SimulationInput.Check(batch, null, golden.Description).Steps);
        int tokens = batch.BatchSize * batch.TokenCount;
        Assert.Equal(tokens * golden.Description.Auxiliary.VocabularySize, golden.ReadExpected("logits_after").Length);
        Assert.Equal(
            training.Steps * (training.Layers + 1) * tokens * golden.Description.Auxiliary.HiddenSize,
            golden.ReadExpected("block_gradients").Length);
        Assert.All(Enumerable.Range(0, batch.BatchSize), sequence => Assert.NotEmpty(golden.ReadDeltas(sequence)));
    }
}
