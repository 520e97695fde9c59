using TinT.Literal.Export;
using TinT.Runtime.Checkpoints;
using TinT.Tests.Common;

namespace TinT.Literal.Tests.Export;

/// <summary>An export that fails leaves the directory as it was.</summary>
public sealed class ExportFailureTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ExportCase export = ExportCase.All["Gpt2Values"];

    public ExportFailureTests() => export.WriteCheckpoint(Checkpoint);

    private string Checkpoint => folder.File("checkpoint");

    private string Output => folder.File("output", "export");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_cancelled_export_leaves_nothing()
    {
        using CancellationTokenSource cancellation = new();
        Cancelling progress = new(cancellation, afterBytes: 500_000);
        Assert.Throws<OperationCanceledException>(() => Write(new ExportOptions { ShardBytes = 100_000 }, progress, cancellation.Token));
        AssertNothingLeft();
        Assert.InRange(progress.Last.WrittenBytes, 500_000, progress.Last.TotalBytes - 1);
    }

    [Fact]
    public void A_checkpoint_that_holds_a_NaN_is_named_and_leaves_nothing()
    {
        string weights = Path.Combine(Checkpoint, "model.safetensors");
        TensorData[] tensors;
        using (SafetensorsFile file = SafetensorsFile.Open(weights))
        {
            tensors = [.. file.Tensors.Select(tensor =>
            {
                float[] values = tensor.ReadSingles();
                if (tensor.Name == "transformer.h.1.mlp.c_fc.weight")
                    values[3] = float.NaN;
                return TensorData.FromSingles(tensor.Name, values, [.. tensor.Shape.Select(size => (int)size)]);
            })];
        }

        SafetensorsWriter.Write(weights, tensors);
        CheckpointFormatException exception = Assert.Throws<CheckpointFormatException>(() => Write(new ExportOptions()));
        Assert.Contains("transformer.h.1.mlp.c_fc.weight", exception.Message, StringComparison.Ordinal);
        AssertNothingLeft();
    }

    [Fact]
    public void A_checkpoint_of_other_sizes_is_refused()
    {
        ExportCase other = new(
            "Other",
            export.Text.Replace(
                $"vocab_size: {export.Auxiliary.VocabularySize}", $"vocab_size: {export.Auxiliary.VocabularySize + 1}", StringComparison.Ordinal));
        CheckpointFormatException exception = Assert.Throws<CheckpointFormatException>(() => LiteralExport.Write(other.Graph, Checkpoint, Output));
        Assert.Contains("vocab_size", exception.Message, StringComparison.Ordinal);
        AssertNothingLeft();
    }

    [Fact]
    public void Too_little_space_is_told_before_anything_is_written()
    {
        ExportException exception = Assert.Throws<ExportException>(() => Write(new ExportOptions { FreeBytes = _ => 1_000_000 }));
        Assert.EndsWith("GB but 0.001 GB are free; make room, or name a directory on another disk.", exception.Message, StringComparison.Ordinal);
        AssertNothingLeft();
    }

    [Fact]
    public void A_directory_with_other_files_is_refused_even_if_an_export_may_be_replaced()
    {
        Directory.CreateDirectory(Output);
        File.WriteAllText(Path.Combine(Output, "thesis.txt"), "precious");
        ExportException exception = Assert.Throws<ExportException>(() => Write(new ExportOptions { Replace = true }));
        Assert.Equal($"{Output}: the directory holds other files; name one that is empty or does not exist.", exception.Message);
        Assert.Equal("precious", File.ReadAllText(Path.Combine(Output, "thesis.txt")));
        Assert.Equal([Output], Directory.GetFileSystemEntries(folder.File("output")));
    }

    [Fact]
    public void A_file_beside_an_earlier_export_is_not_lost_with_it()
    {
        Write(new ExportOptions());
        File.WriteAllText(Path.Combine(Output, "thesis.txt"), "precious");

        ExportException exception = Assert.Throws<ExportException>(() => Write(new ExportOptions { Replace = true }));

        Assert.Equal(
            $"{Output}: beside an exported simulator the directory holds thesis.txt, which would be lost; move it away, or name another directory.", exception.Message);
        Assert.Equal("precious", File.ReadAllText(Path.Combine(Output, "thesis.txt")));
        Assert.Equal([Output], Directory.GetFileSystemEntries(folder.File("output")));
    }

    [Fact]
    public void Two_exports_to_one_directory_do_not_meet()
    {
        Directory.CreateDirectory(folder.File("output"));
        string path = Path.Combine(folder.File("output"), $".{Path.GetFileName(Output)}.tint-lock");
        using (new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            ExportException exception = Assert.Throws<ExportException>(() => Write(new ExportOptions()));
            Assert.StartsWith(
                $"{Output}: cannot be written to (another process writes there; wait until it has ended, ", exception.Message, StringComparison.Ordinal);
        }

        // What a killed process leaves is no hindrance.
        Write(new ExportOptions());
        Assert.Equal([Output], Directory.GetFileSystemEntries(folder.File("output")));
    }

    [Fact]
    public void A_file_in_the_place_of_the_directory_is_refused()
    {
        Directory.CreateDirectory(folder.File("output"));
        File.WriteAllText(Output, "");
        Assert.Equal($"{Output}: this is a file; name a directory.", Assert.Throws<ExportException>(() => Write(new ExportOptions())).Message);
    }

    [Fact]
    public void An_empty_directory_is_used()
    {
        Directory.CreateDirectory(Output);
        Assert.Contains(ExportFiles.Description, Write(new ExportOptions()).Files);
        Assert.True(File.Exists(Path.Combine(Output, ExportFiles.Description)));
    }

    [Fact]
    public void An_earlier_export_is_kept_unless_it_may_be_replaced()
    {
        Write(new ExportOptions());
        ExportException exception = Assert.Throws<ExportException>(() => Write(new ExportOptions { ShardBytes = 100_000 }));
        Assert.Equal($"{Output}: the directory holds an exported simulator; name another one, or replace it with --force.", exception.Message);
        Assert.Single(Directory.GetFiles(Output, "*.safetensors"));

        ExportSummary summary = Write(new ExportOptions { ShardBytes = 100_000, Replace = true });
        Assert.Equal(summary.Files.Order(StringComparer.Ordinal), Directory.GetFiles(Output).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal([Output], Directory.GetFileSystemEntries(folder.File("output")));
    }

    [Fact]
    public void A_failed_replacement_keeps_the_earlier_export()
    {
        Write(new ExportOptions());
        using CancellationTokenSource cancellation = new();
        Assert.Throws<OperationCanceledException>(() => Write(
            new ExportOptions { Replace = true, ShardBytes = 100_000 }, new Cancelling(cancellation, afterBytes: 500_000), cancellation.Token));
        Assert.Single(Directory.GetFiles(Output, "*.safetensors"));
        Assert.Equal([Output], Directory.GetFileSystemEntries(folder.File("output")));
    }

    [Fact]
    public void Other_types_are_refused() =>
        Assert.StartsWith(
            "Simulators are written as F32 or F64, not as F16.",
            Assert.Throws<ArgumentException>(() => Write(new ExportOptions { Type = TensorType.F16 })).Message,
            StringComparison.Ordinal);

    private ExportSummary Write(ExportOptions options, IProgress<ExportProgress>? progress = null, CancellationToken cancellation = default) =>
        LiteralExport.Write(export.Graph, Checkpoint, Output, options, progress, cancellation);

    private void AssertNothingLeft() =>
        Assert.True(!Directory.Exists(folder.File("output")) || Directory.GetFileSystemEntries(folder.File("output")).Length == 0);

    private sealed class Cancelling(CancellationTokenSource source, long afterBytes) : IProgress<ExportProgress>
    {
        public ExportProgress Last { get; private set; }

        public void Report(ExportProgress value)
        {
            Last = value;
            if (value.WrittenBytes >= afterBytes)
                source.Cancel();
        }
    }
}
