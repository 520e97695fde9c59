using System.Text.Json;
using TinT.Runtime.Checkpoints;
using TinT.Tests.Common;

namespace TinT.Cli.Tests.Commands;

/// <summary>Results that are not finite are told, not passed over.</summary>
public sealed class NonFiniteTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Input => folder.File("input.safetensors");

    private string Output => folder.File("output.safetensors");

    private string Json => folder.File("run.json");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("compiled")]
    [InlineData("double", "--double")]
    [InlineData("literal", "--literal")]
    public void A_run_whose_second_sequence_diverges_says_where_and_fails(string computedBy, params string[] options)
    {
        // Only the second sequence has a gradient, and it is beyond all bounds; 1e300 is more than float32 has numbers for.
        WriteInput(new Dictionary<int, float> { [1] = 3e38f });

        CommandResult result = Tint.Run(Arguments([.. options, "--learning-rate", computedBy == "compiled" ? "1" : "1e300"]));

        Assert.Matches(
            "^error: sequence 1 is not finite in the pass after the inner steps: first the logit of token [0-3] for vocabulary entry [0-9]+, which is (NaN|-?Infinity)\\.\n"
            + "The results are written all the same\\. Use a lower learning rate or other masks, or --allow-non-finite for exit code 0\\.\n$",
            result.Error);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(Output + "\n", result.Output);
        using SafetensorsFile file = SafetensorsFile.Open(Output);
        Assert.StartsWith(
            "sequence 1 is not finite in the pass after the inner steps: first the logit of token ", file.Metadata["non_finite"], StringComparison.Ordinal);
        double[] logits = file["logits_after"].ReadDoubles();
        Assert.All(logits[..(logits.Length / 2)], value => Assert.True(double.IsFinite(value)));
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Json));
        JsonElement root = json.RootElement;
        Assert.Equal("tint.run/1", root.GetProperty("schema").GetString());
        Assert.Equal(computedBy, root.GetProperty("computed_by").GetString());
        Assert.False(root.GetProperty("finite").GetBoolean());
        Assert.Equal(JsonValueKind.Number, root.GetProperty("losses")[0].GetProperty("after").ValueKind);
        Assert.Equal(JsonValueKind.Number, root.GetProperty("losses")[1].GetProperty("before").ValueKind);
        JsonElement place = Assert.Single(root.GetProperty("non_finite").EnumerateArray());
        Assert.Equal(
            (1, "after", "logits"), (place.GetProperty("sequence").GetInt32(), place.GetProperty("pass").GetString(), place.GetProperty("what").GetString()));
        int index = (((4 * 1) + place.GetProperty("token").GetInt32()) * 256) + place.GetProperty("index").GetInt32();
        Assert.Equal(Array.FindIndex(logits, value => !double.IsFinite(value)), index);
    }

    [Fact]
    public void With_weight_updates_the_first_of_them_is_named()
    {
        WriteInput(new Dictionary<int, float> { [0] = 3e38f, [1] = 3e38f });

        CommandResult result = Tint.Run(Arguments(["--weight-updates", "--learning-rate", "1e30"]));

        string[] lines = result.Error.TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Matches(@"^error: sequence 0 is not finite in the inner steps: first the weight update transformer\.\S+ at element [0-9]+, which is (NaN|-?Infinity)\.$", lines[0]);
        Assert.Matches(@"^error: sequence 1 is not finite in the inner steps: ", lines[1]);
        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public void If_it_is_allowed_it_is_a_warning()
    {
        WriteInput(new Dictionary<int, float> { [0] = 3e38f });

        CommandResult result = Tint.Run(Arguments(["--allow-non-finite", "--learning-rate", "1"]));

        Assert.Matches("^warning: sequence 0 is not finite in [^\n]+\n$", result.Error);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public void A_finite_run_sums_up_its_losses()
    {
        WriteInput([]);

        Tint.Run(Arguments([])).AssertDone();

        using SafetensorsFile file = SafetensorsFile.Open(Output);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Json));
        Assert.Equal(
            file["loss_before"].ReadSingles(), json.RootElement.GetProperty("losses").EnumerateArray().Select(loss => loss.GetProperty("before").GetSingle()));
        Assert.Equal(
            file["loss_after"].ReadSingles(), json.RootElement.GetProperty("losses").EnumerateArray().Select(loss => loss.GetProperty("after").GetSingle()));
        Assert.True(json.RootElement.GetProperty("finite").GetBoolean());
        Assert.Equal(0, json.RootElement.GetProperty("non_finite").GetArrayLength());
    }

    [SharedFolderFact("cases", "run-non-finite")]
    public void The_case_of_a_gradient_mask_beyond_all_bounds_is_told()
    {
        CommandResult result = Tint.Run(
            "run", ByteModel.Spec, "--checkpoint", ByteModel.Checkpoint, "--output", Output, "--input", RepositoryFiles.InShared(
                "cases", "run-non-finite", "gradbig.safetensors"));

        Assert.StartsWith("error: sequence 0 is not finite in ", result.Error, StringComparison.Ordinal);
        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public void An_evaluation_in_which_a_method_has_no_perplexity_fails_and_stays_valid_JSON()
    {
        CommandResult result = Tint.Run(Evaluation("1e30"));

        Assert.Contains("diverged", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", result.Output + result.Error, StringComparison.Ordinal);
        Assert.Contains("\nerror: TinT has no finite perplexity with 50% of each block to train on.\n", result.Error, StringComparison.Ordinal);
        Assert.EndsWith("Use lower learning rates, or --allow-non-finite for exit code 0.\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(1, result.ExitCode);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Json));
        Assert.Equal("tint.perplexity/1", json.RootElement.GetProperty("schema").GetString());
    }

    [Fact]
    public void A_learning_rate_that_is_too_high_beside_one_that_is_not_is_a_result()
    {
        CommandResult result = Tint.Run(Evaluation("1e-4,1e30"));

        Assert.Contains("diverged", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("error", result.Error, StringComparison.Ordinal);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public void An_evaluation_that_may_be_not_finite_warns()
    {
        CommandResult result = Tint.Run([.. Evaluation("1e30"), "--allow-non-finite"]);

        Assert.Contains("\nwarning: TinT has no finite perplexity with 50% of each block to train on.\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public void A_verification_names_what_is_not_finite()
    {
        CommandResult result = Tint.Run("verify", ByteModel.Spec, "--tokens", "8", "--no-literal", "--learning-rate", "1e300", "--json", Json);

        Assert.Matches("(?m)^error: plain equations, float64: sequence 0 is not finite in ", result.Error);
        Assert.Equal(1, result.ExitCode);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Json));
        Assert.Contains(
            json.RootElement.GetProperty("non_finite").EnumerateArray(), value => value.GetProperty("engine").GetString() == "plain equations, float64");
    }

    private string[] Arguments(string[] options) =>
        ["run", ByteModel.Spec, "--checkpoint", ByteModel.Checkpoint, "--input", Input, "--output", Output, "--json", Json, .. options];

    private string[] Evaluation(string learningRates)
    {
        string text = folder.File("text.txt");
        File.WriteAllText(text, string.Concat(Enumerable.Repeat("Follow the yellow brick road.\n", 20)));
        return
        [
            "eval", "perplexity", ByteModel.Spec, "--checkpoint", ByteModel.Checkpoint, "--text", text, "--block-size", "16", "--blocks", "2", "--learning-rate", learningRates, "--json", Json,
        ];
    }

    /// <summary>Two sequences of four tokens, two of which train, with a gradient mask for some of the sequences and none for the others.</summary>
    private void WriteInput(Dictionary<int, float> gradients)
    {
        int[] shape = [2, 4];
        TensorData[] tensors =
        [
            TensorData.FromInt32s("input_ids", [72, 105, 33, 32, 72, 101, 121, 33], shape),
            TensorData.FromSingles("training_mask", [1, 1, 0, 0, 1, 1, 0, 0], shape),
        ];
        if (gradients.Count > 0)
            tensors = [.. tensors, TensorData.FromSingles(
                "gradient_mask", [.. Enumerable.Range(0, 8).Select(index => gradients.GetValueOrDefault(index / 4))], shape)];
        SafetensorsWriter.Write(Input, tensors);
    }
}
