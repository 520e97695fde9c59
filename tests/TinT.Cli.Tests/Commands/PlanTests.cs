using System.Text.Json;
using System.Xml.Linq;
using TinT.Tests.Common;

namespace TinT.Cli.Tests.Commands;

public sealed class PlanTests
{
    private static readonly string gpt2 = RepositoryFiles.InRepository("specs", "gpt2.tint.yaml");

    [Fact]
    public void The_plan_of_gpt2_has_the_published_counts()
    {
        string output = Tint.Run("plan", gpt2, "--tokens", "256", "--threads", "2").AssertDone().Output;

        Assert.Contains(
            "\nPlanned: 1 sequence of 256 tokens, the first 128 train; 1 step on the top 12 layers; 2 threads.\n", output, StringComparison.Ordinal);
        Assert.Contains("2304 … 3071  the whole bias", output, StringComparison.Ordinal);
        Assert.Matches(@"\nall +1,476,796,914\n", output);
        Assert.Matches(@"\nforward blocks with the final norm +492,577,866\nbackward blocks +774,179,496\nauxiliary weights in prefixes +170,655,744\nembeddings +39,383,808\n", output);
    }

    [Fact]
    public void The_plan_of_a_small_model_is_this_one()
    {
        using TemporaryFolder folder = new();
        SmallSpec spec = new("Small") { LayerCount = 2, TrainedLayers = 1 };
        string path = folder.File(spec.FileName);
        File.WriteAllText(path, spec.Text);

        string output = Tint.Run("plan", path, "--tokens", "8", "--training-tokens", "6", "--batch", "3", "--threads", "1").AssertDone().Output;

        // What packed operands take depends on the width of the processor's vectors.
        string[] lines = [.. output.Split('\n').Where(
            line => !line.StartsWith("packed operands", StringComparison.Ordinal) && !line.StartsWith("peak", StringComparison.Ordinal))];
        Snapshot.Match(string.Join('\n', lines));
    }

    [Fact]
    public void The_page_is_well_formed_fetches_nothing_and_draws_four_pictures()
    {
        using TemporaryFolder folder = new();
        string html = folder.File("plan.html");

        Tint.Run("plan", gpt2, "--html", html).AssertDone();

        string text = File.ReadAllText(html);
        XElement page = XElement.Parse(text["<!DOCTYPE html>\n".Length..]);
        Assert.Equal("Plan of Gpt2", page.Element("head")!.Element("title")!.Value);
        Assert.Equal(
            [
                "Rows of a matrix in the prefix embeddings",
                "Memory in the coordinates of a token, module by module",
                "Layers of the literal simulator",
                "Buffers of the arena over time",
            ],
            page.Descendants().Attributes("aria-label").Select(label => label.Value));
        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "link" or "img");
        Assert.DoesNotContain(page.Descendants().Attributes(), attribute => attribute.Name.LocalName is "src" or "href");

        // Of 256 prefix embeddings the first eight and the last three are drawn, each with three rows.
        Assert.Contains("row 767: prefix 255, coordinates 1536 … 2303", text, StringComparison.Ordinal);
        Assert.Equal(33, page.Descendants().Count(element => element.Name.LocalName == "title" && element.Value.StartsWith("row ", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_numbers_can_be_read_by_programs()
    {
        using TemporaryFolder folder = new();
        string json = folder.File("plan.json");

        Tint.Run("plan", gpt2, "--tokens", "256", "--json", json).AssertDone();

        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(json));
        JsonElement root = document.RootElement;
        Assert.Equal("tint.plan/1", root.GetProperty("schema").GetString());
        Assert.Equal(128, root.GetProperty("training_tokens").GetInt32());
        Assert.Equal(1_476_796_914, root.GetProperty("parameters").GetProperty("total").GetInt64());
        Assert.Equal(2304, root.GetProperty("prefix").GetProperty("bias_start").GetInt32());

        // Sums of the parts are the whole.
        JsonElement literal = root.GetProperty("literal");
        Assert.Equal(
            literal.GetProperty("depth").GetInt32(),
            literal.GetProperty("modules").EnumerateArray().Sum(
                module => module.GetProperty("executions").GetInt32() * module.GetProperty("layers").GetArrayLength()));
        Assert.Equal(
            Operations(root.GetProperty("compiled")),
            root.GetProperty("compiled").GetProperty("kernels").EnumerateArray().Sum(kernel => kernel.GetProperty("calls").GetInt64() * Operations(kernel)));
        JsonElement memory = root.GetProperty("memory");
        Assert.Equal(
            memory.GetProperty("peak").GetInt64(),
            memory.EnumerateObject().Where(part => part.Name != "peak").Sum(part => part.Value.GetInt64()));
    }

    [Fact]
    public void A_plan_for_devices_tells_the_cost_of_each_kernel_and_what_fits()
    {
        using TemporaryFolder folder = new();
        string json = folder.File("plan.json");
        string html = folder.File("plan.html");

        string output = Tint.Run("plan", gpt2, "--tokens", "1024", "--device", "all", "--json", json, "--html", html).AssertDone().Output;

        Assert.Contains(
            "\nGPU kernels on the NVIDIA H100 SXM: 67.0 TFLOP/s in single precision, 3,350 GB/s, 80 GB, assumed\n", output, StringComparison.Ordinal);
        Assert.Contains("The largest that fits with its whole context is Mistral7b.", output, StringComparison.Ordinal);
        Assert.Contains("The largest that fits with its whole context is Pythia160m.", output, StringComparison.Ordinal);
        Assert.Equal(9 + (2 * 3), XElement.Parse(File.ReadAllText(html)["<!DOCTYPE html>\n".Length..]).Descendants("table").Count());

        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(json));
        JsonElement[] gpus = [.. document.RootElement.GetProperty("gpus").EnumerateArray()];
        Assert.Equal(["h100", "laptop"], gpus.Select(gpu => gpu.GetProperty("device").GetString()!));

        // 32 × 64 tiles of a [1024, 3072] product with 768 terms, 12 layers twice; bias and both results for every element.
        JsonElement up = gpus[0].GetProperty("kernels").EnumerateArray().First(
            kernel => kernel.GetProperty("kernel").GetString()!.StartsWith("FeedForwardUpForward", StringComparison.Ordinal));
        Assert.Equal((24, 32 * 48, 128), (up.GetProperty("launches").GetInt32(), up.GetProperty("groups").GetInt32(), up.GetProperty("threads").GetInt32()));
        Assert.Equal(24L * 4 * ((1024 * 768 * 48) + (3072 * 768 * 32) + (3 * 1024 * 3072)), up.GetProperty("global_bytes").GetInt64());
        Assert.Equal(24L * 2 * 1024 * 768 * 3072, up.GetProperty("operations").GetInt64() - (24L * 10 * 1024 * 3072));
    }

    [Theory]
    [InlineData("--tokens 1025", "error: Gpt2 has a context of 1024 tokens; 1025 do not fit. Plan at most 1024.")]
    [InlineData("--tokens 8 --training-tokens 9", "error: Of 8 tokens 9 cannot be the training part. Plan 0 to 8 training tokens.")]
    public void A_run_that_cannot_be_is_refused(string options, string error) =>
        Tint.Run(["plan", gpt2, .. options.Split(' ')]).AssertFailed(2, error);

    [Fact]
    public void A_wrong_spec_is_refused()
    {
        CommandResult result = Tint.Run("plan", RepositoryFiles.InRepository("specs", "invalid", "TINT2001-sharding.tint.yaml"));

        Assert.Contains("error TINT2001", result.Error, StringComparison.Ordinal);
        Assert.Equal(2, result.ExitCode);
    }

    private static long Operations(JsonElement element) => element.GetProperty("cost").GetProperty("product_operations").GetInt64();
}
