using System.Text;
using TinT.Cli.Jobs;
using TinT.Fuzz.Tests.Fuzzing;
using TinT.Model;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Simulation;

namespace TinT.Fuzz.Tests.Inputs;

/// <summary>Inputs of a run with random faults are accepted or refused with the two exceptions that say what is wrong.</summary>
public sealed class RunInputFuzzTests : IDisposable
{
    private static readonly SimulatorDescription description = new(
        "Fuzz",
        new AuxiliaryDescription("gpt2", 7, 6, 4, 2, 2, 16, "gelu_new", 1e-5),
        new TrainingDescription(2, 1, 1e-3, "softmax", "bias", "values", 1000, "none"),
        4, 1, 8, 4);

    private static readonly string[] names = ["input_ids", "training_mask", "gradient_mask", "icl_mask", "position_ids"];
    private static readonly (string Name, int Size)[] types =
        [("I64", 8), ("F32", 4), ("I32", 4), ("U8", 1), ("F64", 8), ("BOOL", 1), ("F16", 2), ("F8_E4M3", 1), ("U64", 8), ("C64", 8)];

    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_input_is_accepted_or_refused_with_a_typed_exception() =>
        FuzzRun.ForBothKinds(15_000, 1, Build, Check, input => $"{Encoding.Latin1.GetString(input.File)}\n{input.Options}");

    private bool Check((byte[] File, RunOptions Options) input)
    {
        string path = folder.Write("input.safetensors", input.File);
        try
        {
            SimulationBatch batch = BatchFile.Read(path);
            SimulationInput.Check(batch, input.Options, description);
            Assert.All(batch.InputIds, id => Assert.InRange(id, 0, description.Auxiliary.VocabularySize - 1));
            Assert.All(batch.TrainingMask, value => Assert.True(value is 0 or 1));
            return true;
        }
        catch (Exception exception) when (exception is CheckpointFormatException or SimulationInputException)
        {
            Assert.DoesNotContain(exception.Message, char.IsControl);
            return false;
        }
    }

    private static (byte[] File, RunOptions Options) Build(Choices choices)
    {
        int sequences = choices.Between(1, 3);
        int tokens = choices.Between(1, 6);
        List<string> entries = [];
        List<byte> data = [];
        foreach (string name in names)
        {
            bool isOptional = name is not ("input_ids" or "training_mask");
            if (isOptional ? !choices.Once(3) : choices.Once(30))
                continue;
            int usual = name is "input_ids" or "position_ids" ? 0 : 1;
            (string type, int size) = choices.Once(20) ? choices.Of(types) : types[usual];
            int[] shape = name == "icl_mask" ? [sequences, tokens, tokens] : [sequences, tokens];
            if (choices.Once(6))
                shape = shape[1..];
            if (shape.Length > 0 && choices.Once(20))
                shape[choices.Below(shape.Length)] = choices.Of(0, 1, 7, 100);
            int count = shape.Aggregate(1, (product, length) => product * length);
            entries.Add($"\"{(choices.Once(40) ? name + "s" : name)}\":{{\"dtype\":\"{type}\",\"shape\":[{string.Join(',', shape)}],\"data_offsets\":[{data.Count},{data.Count + (count * size)}]}}");
            for (int element = 0; element < count; element++)
                data.AddRange(Element(type, size, choices));
        }

        byte[] header = Encoding.UTF8.GetBytes($"{{{string.Join(',', entries)}}}");
        byte[] file = [.. BitConverter.GetBytes((long)header.Length), .. header, .. data];
        RunOptions options = new()
        {
            Steps = choices.Once(10) ? choices.Of(0, 3, -1, int.MaxValue) : choices.Of<int?>(null, 1, 2),
            TrainedLayers = choices.Once(10) ? choices.Of(2, 0, int.MinValue) : choices.Of<int?>(null, 1),
            LearningRate = choices.Once(10) ? choices.Of(double.NaN, double.PositiveInfinity) : choices.Of<double?>(null, 0, -1, 1e300),
        };
        return (choices.Once(6) ? Damage.Apply(file, choices) : file, options);
    }

    private static byte[] Element(string type, int size, Choices choices)
    {
        int value = choices.Once(300) ? choices.Of(2, 6, 7, -1, int.MaxValue, int.MinValue) : choices.Below(2);
        return type switch
        {
            "F32" => BitConverter.GetBytes(choices.Once(300) ? choices.Of(float.NaN, float.PositiveInfinity, -0f, 0.5f, 1e30f) : value),
            "F64" => BitConverter.GetBytes((double)value),
            "I64" => BitConverter.GetBytes(choices.Once(300) ? choices.Of(long.MaxValue, long.MinValue, 1L << 32) : value),
            "I32" => BitConverter.GetBytes(value),
            _ => [(byte)value, .. new byte[size - 1]],
        };
    }
}
