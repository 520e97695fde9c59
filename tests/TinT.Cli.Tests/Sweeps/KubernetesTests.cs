using System.Text.Json.Nodes;
using TinT.Cli.Tests.Schemas;
using TinT.Tests.Common;

namespace TinT.Cli.Tests.Sweeps;

/// <summary>The manifest of an Indexed Job against the published schema of <c>batch/v1</c>.</summary>
public sealed class KubernetesTests : IDisposable
{
    private readonly SweepCase sweeps = new();

    private static JsonNode Schema { get; } = JsonNode.Parse(File.ReadAllText(RepositoryFiles.InRepository(
        "tests", "TinT.Cli.Tests", "Sweeps", "Data", "batch-v1-job.schema.json")))!;

    public void Dispose() => sweeps.Dispose();

    [Fact]
    public void The_manifest_is_an_indexed_job_by_the_published_schema()
    {
        string sweep = sweeps.Write("  blocks: 4", run: "batch: 2, threads: 3", name: "My_Sweep");
        string output = sweeps.PathOf("it's here");
        CommandResult result = Tint.Run(
            "sweep", "submit", sweep, "--output", output, "--kubernetes", "--image", "registry.example/tint:1", "--claim", "shared", "--tasks", "5", "--mount", sweeps.Folder);
        Assert.Contains("5 indices, each 3 cores", result.AssertDone().Output, StringComparison.Ordinal);

        JsonNode manifest = YamlAsJson.Read(File.ReadAllText(Path.Combine(output, "jobs", "job.yaml")));
        Assert.Equal([], SchemaMistakes.In(manifest, Schema));
        JsonNode spec = manifest["spec"]!;
        Assert.Equal("Indexed", (string?)spec["completionMode"]);
        Assert.Equal((5, 5), ((int)spec["completions"]!, (int)spec["parallelism"]!));
        Assert.Equal("tint-my-sweep", (string?)manifest["metadata"]!["name"]);
        JsonNode container = spec["template"]!["spec"]!["containers"]![0]!;
        Assert.Equal(
            $"exec tint sweep run {sweep} --output '{output.Replace("'", "'\\''", StringComparison.Ordinal)}' --shard $((JOB_COMPLETION_INDEX + 1))/5 --threads 3",
            (string?)container["command"]![2]);
        Assert.Equal(sweeps.Folder, (string?)container["volumeMounts"]![0]!["mountPath"]);
        Assert.Equal("shared", (string?)spec["template"]!["spec"]!["volumes"]![0]!["persistentVolumeClaim"]!["claimName"]);

        // The schema finds what is wrong.
        spec["completions"] = "five";
        spec["complationMode"] = "Indexed";
        ((JsonObject)container).Remove("name");
        Assert.Equal(3, SchemaMistakes.In(manifest, Schema).Count);
    }

    [Fact]
    public void An_image_is_needed() => Tint.Run("sweep", "submit", sweeps.Write("  blocks: 4"), "--kubernetes").AssertFailed(
        2, "error: --kubernetes needs --image, an image with the tool in it.");
}
