using System.Text.Json;
using Ilgpu.Checker.Devices;
using TinT.Reference.Weights;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Ilgpu;
using TinT.Tests.Common;

namespace TinT.Cli.Tests.Commands;

/// <summary>Each command that takes a device, from the spec's text to its output, on a checked device; ILGPU's own CPU device runs the package's user elsewhere.</summary>
public sealed class RunOnDeviceTests : IDisposable
{
    private static readonly SmallSpec Tiny = new("Tiny") { VocabularySize = 256, LayerCount = 2, TrainedLayers = 1, Update = "primal" };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_on_a_device_agrees_with_one_on_the_processor()
    {
        (string path, string checkpoint) = Write(Tiny);
        string input = folder.File("input.safetensors");
        SafetensorsWriter.Write(input, [TensorData.FromInt32s("input_ids", [1, 200, 3, 4, 150, 6, 7, 8], 1, 8), TensorData.FromSingles(
            "training_mask", [1, 1, 1, 1, 0, 0, 0, 0], 1, 8)]);

        using SafetensorsFile onProcessor = RunOn("cpu");
        using SafetensorsFile onDevice = RunOn("cuda");

        // As 'verify' allows GPUs: 2e-6 of the largest logit, and 1e-5 of the update.
        double[] before = onProcessor["logits_before"].ReadDoubles();
        Assert.Equal(onProcessor.Tensors.Select(tensor => tensor.Name), onDevice.Tensors.Select(tensor => tensor.Name));
        Assert.InRange(Difference.Largest(onDevice["logits_before"].ReadDoubles(), before), 0, 2e-6 * before.Max(Math.Abs));
        Assert.InRange(Difference.OfUpdate(onDevice["logits_after"].ReadDoubles(), onProcessor["logits_after"].ReadDoubles(), before), 0, 1e-5);

        SafetensorsFile RunOn(string device)
        {
            string output = folder.File($"{device}.safetensors");
            Assert.Equal(
                0, RunOnCard("run", path, "--checkpoint", checkpoint, "--input", input, "--output", output, "--weight-updates", "--device", device).ExitCode);
            return SafetensorsFile.Open(output);
        }
    }

    [Fact]
    public void Perplexities_on_a_device_are_those_of_the_processor()
    {
        (string path, string checkpoint) = Write(Tiny);
        string text = folder.File("text.txt");
        File.WriteAllText(text, "What is compiled once runs on every device, and says the same there.");

        double[] onProcessor = Evaluate("cpu");
        double[] onDevice = Evaluate("cuda");

        // Means of losses of 5.5 nats that are off by a few 1e-6 each.
        Assert.Equal(3, onDevice.Length);
        Assert.All(onDevice.Zip(onProcessor), pair => Assert.InRange(pair.First / pair.Second, 1 - 1e-5, 1 + 1e-5));

        double[] Evaluate(string device)
        {
            string json = folder.File($"{device}.json");
            CommandResult result = RunOnCard(
                "eval", "perplexity", path, "--checkpoint", checkpoint, "--text", text, "--blocks", "2", "--device", device, "--json", json);
            Assert.True(result.ExitCode == 0, result.Error);
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(json));
            return [.. Numbers(document.RootElement, "perplexity")];
        }
    }

    [Fact]
    public void A_verification_compares_the_GPU_simulator_with_the_others_and_states_its_tolerance()
    {
        (string path, _) = Write(Tiny with { LayerCount = 1, VocabularySize = 16 });
        string json = folder.File("verify.json");

        CommandResult result = RunOnCard("verify", path, "--tokens", "4", "--device", "cuda", "--json", json);

        Assert.Equal((0, "device: Card (cuda)\n"), (result.ExitCode, result.Error));
        Assert.Contains("; GPU simulator on Card (cuda)\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("their tolerances are two to four times the processor's", result.Output, StringComparison.Ordinal);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(json));
        JsonElement[] ours = [.. document.RootElement.GetProperty("comparisons").EnumerateArray()
            .Where(comparison => comparison.GetProperty("ours").GetString() == "compiled for GPUs, float32")];
        Assert.Equal(["plain equations, float64", "compiled, float32"], ours.Select(comparison => comparison.GetProperty("theirs").GetString()));
        Assert.All(ours, comparison => Assert.True(comparison.GetProperty("logit_update").GetProperty("holds").GetBoolean()));

        // Ten times 2e-6: the largest of all logits.
        Assert.All(ours, comparison => Assert.Equal(2e-5, comparison.GetProperty("logits_before").GetProperty("tolerance").GetDouble(), 1e-12));
    }

    [Theory]
    [InlineData("primal", 1)]
    [InlineData("dual", 2)]
    public void A_bench_on_a_device_has_the_run_and_every_kernel_of_the_plan(string form, int steps)
    {
        (string path, _) = Write(Tiny with { Update = form, Steps = steps });
        string json = folder.File("bench.json");

        CommandResult result = RunOnCard("bench", path, "--tokens", "8", "--batch", "2", "--runs", "1", "--device", "cuda", "--json", json);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"Measured on Card (cuda): 2 × 8 tokens, the first 4 train; update in {form} form.", result.Output, StringComparison.Ordinal);
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
        Assert.Equal(
            sizeof(float) * ((6 * 16) + (3 * (16 + 16 + 8)) + 3), root.GetProperty("memory_planned").GetInt64() - root.GetProperty("memory_held").GetInt64());

        long Calls(string kernel) => kernels[kernel].GetProperty("calls").GetInt64();
    }

    private static CommandResult RunOnCard(params string[] arguments) =>
        Tint.RunOn(new GpuDeviceHost(builder => builder.Checked(new CheckedCudaDevice("Card", threads: 16, memory: 1 << 30))), arguments);

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
        RandomCheckpoint.Write(checkpoint, spec.Description.Auxiliary, seed: 1);
        return (path, checkpoint);
    }
}
