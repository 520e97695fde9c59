using TinT.Compiler.Specs;
using TinT.Compiler.Specs.Reading;
using TinT.Compiler.Specs.Writing;
using TinT.Model.Activations;
using TinT.Tests.Common;

namespace TinT.Compiler.Tests.Specs;

public sealed class SpecWriterTests
{
    public static TheoryData<string> Shipped =>
        [.. Directory.GetFiles(RepositoryFiles.InRepository("specs"), "*.tint.yaml").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Shipped))]
    public void What_is_written_is_read_as_the_same_values(string name)
    {
        ModelSpec spec = SpecReader.Read(File.ReadAllText(RepositoryFiles.InRepository("specs", name))).Spec!;
        AssertWritten(spec);
    }

    [Fact]
    public void Every_choice_is_written()
    {
        ModelSpec spec = SpecReader.Read(File.ReadAllText(RepositoryFiles.InRepository("specs", "gpt2.tint.yaml"))).Spec!;
        foreach (Activation value in KnownActivations.All)
            AssertWritten(spec with { Auxiliary = spec.Auxiliary with { Model = spec.Auxiliary.Model with { Activation = value.Name } } });
        foreach (LossFunction value in Enum.GetValues<LossFunction>())
            AssertWritten(spec with { Training = spec.Training with { Loss = new(value, default) } });
        foreach (LayerNormUpdate value in Enum.GetValues<LayerNormUpdate>())
            AssertWritten(spec with { Training = spec.Training with { LayerNorm = new(value, default) } });
        foreach (AttentionGradient value in Enum.GetValues<AttentionGradient>())
            AssertWritten(spec with { Training = spec.Training with { Attention = new(value, default) } });
        foreach (Compatibility value in Enum.GetValues<Compatibility>())
            AssertWritten(spec with { Training = spec.Training with { Compatibility = new(value, default) } });
        foreach (UpdateForm value in Enum.GetValues<UpdateForm>())
            AssertWritten(spec with { Training = spec.Training with { Update = new(value, default) } });
        AssertWritten(spec with { Simulator = spec.Simulator with { ReuseBlocks = new(false, default) } });
        AssertWritten(spec with { Training = spec.Training with { LearningRate = new(1.2345678901234567e-7, default) } });
    }

    private static void AssertWritten(ModelSpec spec)
    {
        SpecReadResult result = SpecReader.Read(SpecWriter.Write(spec));
        Assert.True(result.Spec is not null, string.Join('\n', result.Diagnostics));
        Assert.Equal(SpecValues.Of(spec), SpecValues.Of(result.Spec!));
        Assert.Equal(spec.Auxiliary.Model, result.Spec!.Auxiliary.Model);
    }
}
