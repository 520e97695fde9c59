using System.Text.Json;
using ILGPU.Runtime;
using TinT.Runtime.Checkpoints;
using TinT.Tests.Common;

namespace TinT.Cli.Tests;

/// <summary>Each command that takes a device, from the spec's text to its output.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory, MemberData(nameof(GoldenCases.InRepository), MemberType = typeof(GoldenCases))]
    public void A_run_on_a_device_agrees_with_the_authors_code(string name)
    {
        GoldenCase golden = GoldenCases.Open(name);
        string output = folder.File("result.safetensors");

        CommandResult result = Tint.Run(
            "run", golden.SpecPath, "--checkpoint", golden.Folder, "--input", golden.InputPath, "--output", output, "--weight-updates", "--device", "ilgpu-cpu");

        Assert.Equal((0, "device: CPUAccelerator (ilgpu-cpu)\n"), (result.ExitCode, result.Error));
        using SafetensorsFile file = SafetensorsFile.Open(output);
        double[] before = golden.ReadExpected("logits_before");

        // The tolerances of the processor, which the tests of the simulators hold case by case; 2e-4 is one ReLU near its kink.
        Assert.InRange(Difference.Largest(file["logits_before"].ReadDoubles(), before), 0, 1e-5);
        Assert.InRange(Difference.OfUpdate(file["logits_after"].ReadDoubles(), golden.ReadExpected("logits_after"), before), 0, 2e-4);
    }

    [Fact]
    public void Perplexities_on_a_device_are_those_of_the_processor()
    {
        SmallSpec spec = new("Tiny") { Context = 16, VocabularySize = 256 };
        (string path, string checkpoint) = Write(spec);
        string text = folder.File("text.txt");
        File.WriteAllText(text, "What is compiled once runs on every device, and says the same there.");

        double[] onProcessor = Evaluate("cpu");
        double[] onDevice = Evaluate("ilgpu-cpu");

        // Means of losses of 5.5 nats that are off by a few 1e-6 each.
        Assert.Equal(3, onDevice.Length);
        Assert.All(onDevice.Zip(onProcessor), pair => Assert.InRange(pair.First / pair.Second, 1 - 1e-5, 1 + 1e-5));

        double[] Evaluate(string device)
        {
            string json = folder.File($"{device}.json");
            CommandResult result = Tint.Run(
                "eval", "perplexity", path, "--checkpoint", checkpoint, "--text", text, "--blocks", "2", "--device", device, "--json", json);
            Assert.Equal(0, result.ExitCode);
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(json));
            return [.. Numbers(document.RootElement, "perplexity")];
        }
    }

    [Fact]
    public void A_verification_compares_the_GPU_simulator_with_the_others_and_states_its_tolerance()
    {
        using EmulatedMachine machine = Machine.WithGpus();
        (string path, _) = Write(new SmallSpec("Tiny") { Context = 12, LayerCount = 2 });
        string json = folder.File("verify.json");

        CommandResult result = Tint.Run("verify", path, "--tokens", "12", "--device", "cuda", "--json", json);

        Assert.Equal((0, "device: Fast Card (cuda)\n"), (result.ExitCode, result.Error));
        Assert.Contains("; GPU simulator on Fast Card (cuda)\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("their tolerances are two to four times the processor's", result.Output, StringComparison.Ordinal);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(json));
        JsonElement[] ours = [.. document.RootElement.GetProperty("comparisons").EnumerateArray()
            .Where(comparison => comparison.GetProperty("ours").GetString() == "compiled for GPUs, float32")];
        Assert.Equal(["plain equations, float64", "compiled, float32"], ours.Select(comparison => comparison.GetProperty("theirs").GetString()));
        Assert.All(ours, comparison => Assert.True(comparison.GetProperty("logit_update").GetProperty("holds").GetBoolean()));

        // Ten times 2e-6: the largest of all logits.
        Assert.All(ours, comparison => Assert.Equal(2e-5, comparison.GetProperty("logits_before").GetProperty("tolerance").GetDouble(), 1e-12));
    }

    [Fact]
    public void A_bench_on_a_device_takes_one_number_of_tokens()
    {
        (string path, _) = Write(new SmallSpec("Timed") { Context = 8 });

        Assert.Contains(
            "With --device, --tokens takes one number", Tint.Run("bench", path, "--tokens", "4,8", "--device", "ilgpu-cpu").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("primal", 1)]
    [InlineData("dual", 2)]
    public void A_bench_on_a_device_has_the_run_and_every_kernel_of_the_plan(string form, int steps)
    {
        (string path, _) = Write(new SmallSpec("Timed") { Update = form, Steps = steps, LayerCount = 2, TrainedLayers = 1, Context = 8 });
        string json = folder.File("bench.json");

        CommandResult result = Tint.Run("bench", path, "--tokens", "8", "--batch", "2", "--runs", "1", "--device", "ilgpu-cpu", "--json", json);

        Assert.Equal((0, "device: CPUAccelerator (ilgpu-cpu)\n"), (result.ExitCode, result.Error));
        Assert.Contains($"Measured on CPUAccelerator (ilgpu-cpu): 2 × 8 tokens, the first 4 train; update in {form} form.", result.Output, StringComparison.Ordinal);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(json));
        JsonElement root = document.RootElement;
        Dictionary<string, JsonElement> kernels = root.GetProperty("kernels").EnumerateArray().ToDictionary(
            kernel => $"{kernel.GetProperty("routine").GetString()}: {kernel.GetProperty("kernel").GetString()}");
        Assert.All(kernels.Values, kernel => Assert.True(kernel.GetProperty("seconds").GetDouble() > 0));

        // One pass over two layers and one over the trained one for each step, for each of two sequences.
        Assert.Equal(2 * (2 + steps), Calls("forward block: attention attention"));
        if (form == "primal")
        {
            Assert.Equal(2 * (2 + steps), Calls("forward block: feed_forward.up linear + feed_forward.activation activation"));
            Assert.Equal(2 * steps, Calls("backward block: feed_forward.up linear descent"));
        }
        else
        {
            // After the first step attention to one step, after the second to two; the activation is fused, and runs again behind either.
            Assert.Equal(2 * (2 + steps), Calls("forward block: feed_forward.up linear"));
            Assert.Equal(2 * (1 + 2), Calls("forward block: feed_forward.up linear attention"));
            Assert.Equal(2 * 2, Calls("forward block: feed_forward.activation activation"));
            Assert.Equal(2 * 1, Calls("backward block: feed_forward.up linear attention"));
        }

        Assert.Equal(root.GetProperty("operations").GetInt64(), kernels.Values.Sum(kernel => kernel.GetProperty("operations").GetInt64()));

        // What runs add to the memory held: 6 numbers for each of 16 tokens, 3 for each loss, and one each for a mask and the logits of two passes.
        Assert.Equal(sizeof(float) * ((6 * 16) + (3 * (16 + 16 + 8)) + 3), root.GetProperty("memory_planned").GetInt64() - root.GetProperty("memory_held").GetInt64());

        long Calls(string kernel) => kernels[kernel].GetProperty("calls").GetInt64();
    }

    [Fact]
    public void Plain_equations_and_the_literal_construction_run_on_the_processor_only()
    {
        CommandResult result = Tint.Run("run", "a", "--checkpoint", "b", "--input", "c", "--output", "d", "--double", "--device", "cuda");

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("error: --device is for the compiled simulator; --literal and --double compute on the processor.\n", result.Error, StringComparison.Ordinal);
    }

    private static IEnumerable<double> Numbers(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property =>
            property.Name == name && property.Value.ValueKind == JsonValueKind.Number ? [property.Value.GetDouble()] : Numbers(property.Value, name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Numbers(item, name)),
        _ => [],
    };

    private (string Spec, string Checkpoint) Write(SmallSpec spec)
    {
        string path = folder.File(spec.FileName);
        File.WriteAllText(path, spec.Text);
        string checkpoint = Directory.CreateDirectory(folder.File("checkpoint")).FullName;
        TinT.Reference.Weights.RandomCheckpoint.Write(checkpoint, spec.Description.Auxiliary, seed: 1);
        return (path, checkpoint);
    }
}
