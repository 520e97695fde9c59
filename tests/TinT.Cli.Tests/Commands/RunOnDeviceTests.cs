using System.Text.Json;
using TinT.Reference.Weights;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Ilgpu;
using TinT.Tests.Common;

namespace TinT.Cli.Tests.Commands;

/// <summary>Each command that takes a device, on ILGPU's own CPU device or on OpenCL on the processor, from the spec's text to its output.</summary>
public sealed class RunOnDeviceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_on_the_CPU_device_of_ILGPU_agrees_with_the_authors_code()
    {
        GoldenCase golden = GoldenCases.Open("gpt2_var_mask_all_ones");
        string output = folder.File("result.safetensors");

        CommandResult result = Tint.Run(
            "run", golden.SpecPath, "--checkpoint", golden.Folder, "--input", golden.InputPath, "--output", output, "--weight-updates", "--device", "ilgpu-cpu");

        Assert.Equal((0, "device: CPUAccelerator (ilgpu-cpu)\n"), (result.ExitCode, result.Error));
        using SafetensorsFile file = SafetensorsFile.Open(output);
        double[] before = golden.ReadExpected("logits_before");

        // The tolerances of the processor.
        Assert.InRange(Difference.Largest(file["logits_before"].ReadDoubles(), before), 0, 1e-5);
        Assert.InRange(Difference.OfUpdate(file["logits_after"].ReadDoubles(), golden.ReadExpected("logits_after"), before), 0, 5e-5);
    }

    [ProcessorOpenClFact]
    public void Perplexities_on_a_device_are_those_of_the_processor()
    {
        (string path, string checkpoint) = Write(new SmallSpec("Tiny") { Context = 16, VocabularySize = 256, LayerCount = 1, TrainedLayers = 1 });
        string text = folder.File("text.txt");
        File.WriteAllText(text, "What is compiled once runs on every device, and says the same there.");

        double[] onProcessor = Evaluate("cpu");
        double[] onDevice = Evaluate("opencl");

        // Means of losses of 5.5 nats that are off by a few 1e-6 each.
        Assert.Equal(3, onDevice.Length);
        Assert.All(onDevice.Zip(onProcessor), pair => Assert.InRange(pair.First / pair.Second, 1 - 1e-5, 1 + 1e-5));

        double[] Evaluate(string device)
        {
            string json = folder.File($"{device}.json");
            CommandResult result = RunOnProcessor("eval", "perplexity", path, "--checkpoint", checkpoint, "--text", text, "--blocks", "2", "--device", device, "--json", json);
            Assert.Equal(0, result.ExitCode);
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(json));
            return [.. Numbers(document.RootElement, "perplexity")];
        }
    }

    [ProcessorOpenClFact]
    public void A_verification_compares_the_GPU_simulator_with_the_others_and_states_its_tolerance()
    {
        (string path, _) = Write(new SmallSpec("Tiny") { Context = 12, LayerCount = 1, TrainedLayers = 1 });
        string json = folder.File("verify.json");

        CommandResult result = RunOnProcessor("verify", path, "--tokens", "12", "--device", "opencl", "--json", json);

        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"^device: .* \(opencl\)\n$", result.Error);
        Assert.Matches(@"; GPU simulator on .* \(opencl\)\n", result.Output);
        Assert.Contains("their tolerances are two to four times the processor's", result.Output, StringComparison.Ordinal);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(json));
        JsonElement[] ours = [.. document.RootElement.GetProperty("comparisons").EnumerateArray()
            .Where(comparison => comparison.GetProperty("ours").GetString() == "compiled for GPUs, float32")];
        Assert.Equal(["plain equations, float64", "compiled, float32"], ours.Select(comparison => comparison.GetProperty("theirs").GetString()));
        Assert.All(ours, comparison => Assert.True(comparison.GetProperty("logit_update").GetProperty("holds").GetBoolean()));

        // Ten times 2e-6: the largest of all logits.
        Assert.All(ours, comparison => Assert.Equal(2e-5, comparison.GetProperty("logits_before").GetProperty("tolerance").GetDouble(), 1e-12));
    }

    [ProcessorOpenClTheory]
    [InlineData("primal", 1)]
    [InlineData("dual", 2)]
    public void A_bench_on_a_device_has_the_run_and_every_kernel_of_the_plan(string form, int steps)
    {
        (string path, _) = Write(new SmallSpec("Timed") { Update = form, Steps = steps, LayerCount = 2, TrainedLayers = 1, Context = 8 });
        string json = folder.File("bench.json");

        CommandResult result = RunOnProcessor("bench", path, "--tokens", "8", "--batch", "2", "--runs", "1", "--device", "opencl", "--json", json);

        Assert.Equal(0, result.ExitCode);
        Assert.Matches($@"Measured on .* \(opencl\): 2 × 8 tokens, the first 4 train; update in {form} form\.", result.Output);
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

    private static CommandResult RunOnProcessor(params string[] arguments) => Tint.RunOn(new GpuDeviceHost(ProcessorOpenCl.Register), arguments);

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
