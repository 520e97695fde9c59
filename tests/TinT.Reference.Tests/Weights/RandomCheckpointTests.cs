using TinT.Model;
using TinT.Model.Architectures;
using TinT.Model.Parameters;
using TinT.Reference.Weights;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Cpu.Memory;

namespace TinT.Reference.Tests.Weights;

public sealed class RandomCheckpointTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tint-random-checkpoint-");

    public static TheoryData<string> Models => [.. RandomVariants.All.Keys];

    [Theory, MemberData(nameof(Models))]
    public void The_model_that_was_asked_for_is_read_again(string name)
    {
        AuxiliaryDescription auxiliary = RandomVariants.All[name];
        RandomCheckpoint.Write(folder.FullName, auxiliary, seed: 1);

        Assert.Equal(auxiliary, HuggingFaceConfiguration.Read(Path.Combine(folder.FullName, "config.json")).Description);
        AuxiliaryModel<double> model = AuxiliaryModelReader.Read<double>(folder.FullName, auxiliary);
        Assert.Equal(auxiliary.ParameterCount(), model.Tensors.Sum(tensor => (long)tensor.Values.Length));
        foreach (ParameterTensor<double> tensor in model.Tensors)
        {
            double centre = ParameterRoles.Of(tensor.Kind).Field == ParameterField.Gain ? 1 : 0;
            Assert.InRange(tensor.Values.Average(), centre - 0.3, centre + 0.3);
        }
    }

    [Theory, MemberData(nameof(Models))]
    public void Rounded_weights_are_those_of_the_same_model(string name)
    {
        AuxiliaryDescription auxiliary = RandomVariants.All[name];
        string rounded = Path.Combine(folder.FullName, "rounded");
        RandomCheckpoint.Write(folder.FullName, auxiliary, seed: 2);
        RoundedCheckpoint.Write(rounded, folder.FullName, auxiliary, WeightStorage.BFloat16);

        AuxiliaryModel<float> original = AuxiliaryModelReader.Read<float>(folder.FullName, auxiliary);
        AuxiliaryModel<float> model = AuxiliaryModelReader.Read<float>(rounded, auxiliary);
        Assert.All(model.Tensors, tensor => Assert.Equal(
            original.Values(tensor.Kind, tensor.Layer).Select(
                value => ParameterRoles.Of(tensor.Kind).IsMatrix ? RoundedCheckpoint.Round(value, WeightStorage.BFloat16) : value),
            tensor.Values));
    }

    [Fact]
    public void A_share_of_turned_coordinates_gives_them_again()
    {
        for (int size = 2; size <= 128; size += 2)
        {
            for (int turned = 2; turned <= size; turned += 2)
            {
                AuxiliaryDescription model = KnownArchitectures.Of("phi").Describe(new() { HiddenSize = size, HeadCount = 1 });
                model = model with { Rotary = model.Rotary! with { Size = turned } };
                double share = (double)AuxiliaryOptionTable.PartialRotaryFactor.Of(model)!;
                Assert.Equal(turned, model.Family().Describe(new() { HiddenSize = size, HeadCount = 1, PartialRotaryFactor = share }).Rotary!.Size);
            }
        }
    }

    public void Dispose() => folder.Delete(recursive: true);
}
