using System.Text.Json;
using TinT.Cli.Outcomes;
using TinT.Runtime.Checkpoints;
using TinT.Tests.Common;

namespace TinT.Cli.Tests.Commands;

/// <summary>The option <c>--weights</c> of the commands that run or plan compiled simulators.</summary>
[Collection("Temporary checkpoints")]
public sealed class WeightsTests : RunTests
{
    [Fact]
    public void A_run_with_16_bits_is_close_to_one_with_32_and_another_one()
    {
        Write(Ids([1, 3]), Mask([1, 3]));
        double[] single = Logits();

        // Half a unit in the last place of 8 and of 11 bits of each weight, gathered over 4 layers.
        Assert.InRange(Difference.Relative(Logits("--weights", "bf16"), single), 1e-4, 2e-2);
        Assert.InRange(Difference.Relative(Logits("--weights", "f16"), single), 1e-5, 2e-3);
        Assert.Equal(single, Logits("--weights", "f32"));

        double[] Logits(params string[] options)
        {
            Run(options).AssertDone();
            using SafetensorsFile result = SafetensorsFile.Open(Output);
            return result["logits_before"].ReadDoubles();
        }
    }

    [Theory]
    [InlineData(true, "--weight-updates")]
    [InlineData(true, "--weights", "bf16", "--weight-updates")]
    [InlineData(false, "--weights", "bf16")]
    public void Changes_of_weights_are_written_when_asked_for(bool expected, params string[] options)
    {
        Write(Ids([1, 3]), Mask([1, 3]));

        Run(options).AssertDone();

        using SafetensorsFile result = SafetensorsFile.Open(Output);
        Assert.Equal(expected, result.TryGetTensor("delta.transformer.h.0.mlp.c_fc.weight", out _));
    }

    [Theory]
    [InlineData("error: --weights is f32, bf16 or f16, not 'fp8'.", "--weights", "fp8")]
    [InlineData("error: --weights needs a value, f32, bf16 or f16. For the changes of the weights there is 'tint run … --weight-updates'.", "--weights")]
    [InlineData("error: --weights needs a value, f32, bf16 or f16. For the changes of the weights there is 'tint run … --weight-updates'.", "--weights", "--threads", "1")]
    [InlineData("error: --weights is f32, bf16 or f16, not 'fp8'.", "--weights", "fp8", "--device", "cuda")]
    [InlineData("error: --weights is how the compiled simulator keeps weights; --literal and --double compute with those of the checkpoint.", "--weights", "bf16", "--double")]
    [InlineData("error: --weights is how the compiled simulator keeps weights; --literal and --double compute with those of the checkpoint.", "--weights", "f32", "--literal")]
    [InlineData("error: --weights bf16 is for the processor: GPU simulators keep weights in float32. Leave --weights or --device cuda out.", "--weights", "bf16", "--device", "cuda")]
    public void Options_that_do_not_fit_are_refused(string error, params string[] options)
    {
        Write(Ids([1, 3]), Mask([1, 3]));

        CommandResult result = Run(options);

        Assert.StartsWith(error + "\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.WrongUsage, result.ExitCode);
    }

    [Theory]
    [InlineData("bench {spec} --device auto", "auto")]
    [InlineData("verify {spec} --device opencl", "opencl")]
    [InlineData("plan {spec} --device h100", "h100")]
    [InlineData("eval perplexity {spec} --checkpoint b --text c --device GeForce", "GeForce")]
    public void Devices_have_no_16_bits(string command, string device)
    {
        CommandResult result = Tint.Run([.. command.Split(' ').Select(word => word == "{spec}" ? ByteModel.Spec : word), "--weights", "f16"]);

        Assert.StartsWith($"error: --weights f16 is for the processor: GPU simulators keep weights in float32. Leave --weights or --device {device} out.\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.WrongUsage, result.ExitCode);
    }

    [Fact]
    public void The_processor_may_be_named() =>
        Tint.Run("verify", ByteModel.Spec, "--no-literal", "--device", "cpu", "--weights", "bf16").AssertDone();

    [Fact]
    public void A_plan_tells_the_bytes()
    {
        string json = Folder.File("plan.json");
        string gpt2 = RepositoryFiles.InRepository("specs", "gpt2.tint.yaml");

        string output = Tint.Run("plan", gpt2, "--tokens", "256", "--weights", "bf16", "--json", json).AssertDone().Output;

        // 124,439,808 parameters, of them 121,344 in biases and gains of 12 layers (13 · 768 each) and the final norm (2 · 768).
        const long vectors = ((12 * 13) + 2) * 768;
        const long bytes = (2 * (124_439_808 - vectors)) + (4 * vectors);
        Assert.Contains("; weights in bfloat16.\n", output, StringComparison.Ordinal);
        Assert.Matches(@"\nweights, matrices in bfloat16 +237\.6\n", output);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(json));
        Assert.Equal("bf16", document.RootElement.GetProperty("weight_storage").GetString());
        Assert.Equal(bytes, document.RootElement.GetProperty("memory").GetProperty("weights").GetInt64());
    }

    [Fact]
    public void A_bench_runs_with_16_bits()
    {
        string json = Folder.File("bench.json");

        string output =
            Tint.Run("bench", ByteModel.Spec, "--tokens", "16", "--runs", "1", "--threads", "1", "--weights", "f16", "--json", json).AssertDone().Output;

        Assert.Contains("1 thread; weights in float16.\n", output, StringComparison.Ordinal);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(json));
        Assert.Equal("f16", document.RootElement.GetProperty("weight_storage").GetString());
        Assert.Equal(0, document.RootElement.GetProperty("allocated_bytes").GetInt64());

        // As planned but for the losses, which the caller holds: two for each token.
        Assert.Equal(
            2 * sizeof(float) * 16, document.RootElement.GetProperty("memory_planned").GetInt64() - document.RootElement.GetProperty("memory_held").GetInt64());
    }

    [Fact]
    public void An_evaluation_names_the_storage()
    {
        string text = Folder.File("text.txt");
        File.WriteAllText(text, string.Concat(Enumerable.Repeat("A heart of silk and a head of straw.\n", 10)));

        CommandResult result = Tint.Run(
            "eval", "perplexity", ByteModel.Spec, "--checkpoint", ByteModel.Checkpoint, "--text", text, "--block-size", "32", "--blocks", "2", "--weights", "bf16");

        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Contains("TinT (bf16)", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_that_16_bits_cannot_hold_is_told()
    {
        string checkpoint = Folder.File("model");
        Directory.CreateDirectory(checkpoint);
        ByteModel.CopyTo(checkpoint);
        string weights = Path.Combine(checkpoint, "model.safetensors");
        TensorData[] tensors;
        using (SafetensorsFile file = SafetensorsFile.Open(weights))
        {
            tensors = [.. file.Tensors.Select(tensor =>
            {
                float[] values = tensor.ReadSingles();
                if (tensor.Name == "transformer.wpe.weight")
                    values[5] = 1e6f;
                return TensorData.FromSingles(tensor.Name, values, [.. tensor.Shape.Select(size => (int)size)]);
            })];
        }

        SafetensorsWriter.Write(weights, tensors);

        Tint.Run("bench", ByteModel.Spec, "--checkpoint", checkpoint, "--weights", "f16").AssertFailed(
            ExitCode.Failed,
            $"error: {weights}: tensor 'transformer.wpe.weight' holds 1000000 at element 5 of 32768, more than float16 can hold (65504); store the weights in bfloat16 or float32.");
    }
}
