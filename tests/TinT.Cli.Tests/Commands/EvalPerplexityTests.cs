using System.Globalization;
using System.Text;
using System.Text.Json;
using TinT.Reference.Weights;
using TinT.Tests.Common;

namespace TinT.Cli.Tests.Commands;

public sealed class EvalPerplexityTests : IDisposable
{
    private const string Sentence = "The tin man asked the wizard for a heart, and the wizard gave him one of silk.\n";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_table_has_every_fraction_and_learning_rate_and_marks_the_best()
    {
        CommandResult result = Evaluate(Text(6), "--train-fraction", "0.3,0.5", "--learning-rate", "1e-4,1e-3", "--block-size", "64", "--blocks", "3");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Perplexity of ByteGpt2 on text.txt\n", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"\n +30% +1e-4 .*\n +30% +1e-3 ", result.Output);
        Assert.Matches(@"\n +50% +1e-4 .*\n +50% +1e-3 ", result.Output);
        Assert.Contains(" *", result.Output, StringComparison.Ordinal);
        Assert.Contains("3 blocks of 64 tokens (bytes)", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Output + result.Error);
    }

    [Fact]
    public void Redirected_progress_is_a_line_for_the_first_block_and_for_each_tenth_with_rate_time_left_and_perplexity()
    {
        CommandResult result = Evaluate(Text(6), "--train-fraction", "0.3,0.5,0.7,0.9,0.6", "--block-size", "32", "--blocks", "2", "--batch", "1");

        string[] lines = result.Error.TrimEnd().Split('\n');

        // Both tell the settings of a block together: 25, 50, 75 and 100%.
        Assert.Equal(4, lines.Length);
        Assert.All(lines, line => Assert.Matches(
            @"^\d+%: \d+ of 20 block runs, [\d,]+ tokens/s, \d+:\d\d left \((exact SGD|TinT), \d+% train, lr 3e-4: perplexity [\d.]+ so far\)$", line));
        Assert.StartsWith("25%: 5 of 20 block runs, ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("100%: 20 of 20 block runs, ", lines[^1], StringComparison.Ordinal);
        Assert.Contains(" 0:00 left (TinT, 60% train, ", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Json_and_csv_hold_the_same_finite_numbers()
    {
        string json = folder.File("result.json");
        string csv = folder.File("result.csv");

        Assert.Equal(0, Evaluate(Text(8), "--block-size", "64", "--exact", "subset", "--json", json, "--csv", csv).ExitCode);

        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(json));
        JsonElement fraction = Assert.Single(document.RootElement.GetProperty("fractions").EnumerateArray());
        JsonElement[] methods = [.. fraction.GetProperty("methods").EnumerateArray()];
        Assert.Equal(["exact SGD (subset)", "TinT"], methods.Select(method => method.GetProperty("method").GetString()));
        double[] perplexities =
        [
            fraction.GetProperty("auxiliary").GetProperty("perplexity").GetDouble(),
            .. methods.Select(method => method.GetProperty("perplexity").GetDouble()),
        ];
        Assert.All(perplexities, perplexity => Assert.InRange(perplexity, 1, 256));

        string[][] records = [.. File.ReadAllText(csv).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(','))];
        int column = Array.IndexOf(records[0], "perplexity");
        Assert.Equal(perplexities, records.Skip(1).Select(record => double.Parse(record[column], CultureInfo.InvariantCulture)));
        Assert.All(records, record => Assert.Equal(records[0].Length, record.Length));
    }

    [Fact]
    public void Results_do_not_depend_on_threads_or_batches()
    {
        string text = Text(8);
        string[] common = [text, "--block-size", "64", "--blocks", "4"];

        Assert.Equal(Json([.. common, "--threads", "1"]), Json([.. common, "--threads", "2", "--batch", "3"]));
    }

    [Fact]
    public void Without_tokenizer_files_a_model_that_does_not_read_bytes_asks_for_a_tokenizer()
    {
        GoldenCase golden = GoldenCases.Open("gpt2_var_mask_all_ones");

        Tint.Run("eval", "perplexity", golden.SpecPath, "--checkpoint", golden.Folder, "--text", Text(4))
            .AssertFailed(2, $"error: {golden.Folder} has no tokenizer (tokenizer.json, vocab.json with merges.txt, or tokenizer.model); name its directory with --tokenizer.");
    }

    [Fact]
    public void A_tokenizer_in_the_checkpoint_is_used_unless_another_is_named()
    {
        SmallSpec spec = new("Small") { VocabularySize = 257, Context = 64 };
        string checkpoint = folder.File("small-model");
        Directory.CreateDirectory(checkpoint);
        RandomCheckpoint.Write(checkpoint, spec.Description.Auxiliary, seed: 1);
        WriteByteTokenizerWithOneMerge(checkpoint);
        File.WriteAllText(folder.File(spec.FileName), spec.Text);
        string[] arguments = ["eval", "perplexity", folder.File(spec.FileName), "--checkpoint", checkpoint, "--text", Text(3)];

        // "th" is one token wherever it stands: twice in each sentence.
        Assert.Contains("3 blocks of 64 tokens (small-model); 48 tokens", Tint.Run(arguments).Output, StringComparison.Ordinal);
        Assert.Contains("3 blocks of 64 tokens (bytes); 54 tokens", Tint.Run([.. arguments, "--tokenizer", "bytes"]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_do_not_fit_a_smaller_vocabulary()
    {
        GoldenCase golden = GoldenCases.Open("gpt2_var_mask_all_ones");

        Tint.Run("eval", "perplexity", golden.SpecPath, "--checkpoint", golden.Folder, "--text", Text(4), "--tokenizer", "bytes")
            .AssertFailed(1, "error: bytes: bytes need 256 ids, but the model's vocabulary has 101. Name the model's own tokenizer directory.");
    }

    [Fact]
    public void An_empty_text_is_told()
    {
        string text = Text(0);

        Evaluate(text).AssertFailed(1, $"error: {text}: byte 0: the file is empty; give a text.");
    }

    [Fact]
    public void A_text_shorter_than_a_block_is_told()
    {
        Evaluate(Text(1)).AssertFailed(1, "error: The text has 82 tokens, too few for one block of 256. Give more text or choose smaller blocks.");
    }

    [Fact]
    public void A_text_of_white_space_is_told()
    {
        string text = folder.File("blank.txt");
        File.WriteAllText(text, new string('\n', 10_000));

        Evaluate(text).AssertFailed(1, "error: The text has 0 tokens, too few for one block of 256. Give more text or choose smaller blocks.");
    }

    [Fact]
    public void A_missing_text_is_told()
    {
        string text = folder.File("missing.txt");

        CommandResult result = Evaluate(text);

        Assert.StartsWith($"error: {text}: ", result.Error, StringComparison.Ordinal);
        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public void A_text_that_is_not_UTF8_is_told_with_its_byte()
    {
        string text = folder.File("latin1.txt");
        File.WriteAllBytes(text, [.. "caf"u8, 0xE9, (byte)'\n']);

        Evaluate(text).AssertFailed(1, $"error: {text}: byte 3: 0xE9 does not start a valid UTF-8 character here; save the file as UTF-8.");
    }

    [Theory]
    [InlineData("--train-fraction", "1.5", "error: A training fraction must be above 0 and below 1, not 1.5.")]
    [InlineData("--train-fraction", "0.5,0.5", "error: A training fraction is given twice; give each once.")]
    [InlineData("--learning-rate", "1e-4,1e-4", "error: A learning rate is given twice; give each once.")]
    [InlineData("--block-size", "257", "error: --block-size is 257, but the context of ByteGpt2 is 256 tokens; choose smaller blocks.")]
    [InlineData("--steps", "3", "error: --steps is 3, but the spec compiles 1 to 1; raise training.steps in the spec for more.")]
    public void Options_that_do_not_fit_are_wrong_usage(string option, string value, string error)
    {
        Evaluate(Text(8), option, value).AssertFailed(2, error);
    }

    [Fact]
    public void A_checkpoint_of_another_model_is_told()
    {
        GoldenCase golden = GoldenCases.Open("opt_2step_all_f70");

        CommandResult result = Tint.Run("eval", "perplexity", ByteModel.Spec, "--checkpoint", golden.Folder, "--text", Text(8));

        Assert.StartsWith($"error: {Path.Combine(golden.Folder, "config.json")}: ", result.Error, StringComparison.Ordinal);
        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public void A_cancelled_evaluation_writes_no_reports()
    {
        string json = folder.File("result.json");

        CommandResult result = Tint.Run(
            ["eval", "perplexity", ByteModel.Spec, "--checkpoint", ByteModel.Checkpoint, "--text", Text(8), "--json", json],
            new CancellationToken(canceled: true));

        result.AssertFailed(130, "cancelled");
        Assert.False(File.Exists(json));
    }

    private string Text(int sentences)
    {
        string path = folder.File("text.txt");
        StringBuilder text = new();
        for (int sentence = 0; sentence < sentences; sentence++)
            text.Append(CultureInfo.InvariantCulture, $"{sentence}. {Sentence}");
        File.WriteAllText(path, text.ToString());
        return path;
    }

    /// <summary>GPT-2's names of the 256 bytes, printable ones as themselves and the others from U+0100, and the merge of t and h.</summary>
    private static void WriteByteTokenizerWithOneMerge(string directory)
    {
        Dictionary<string, int> vocabulary = new(StringComparer.Ordinal);
        for (int value = 0, unprintable = 0; value < 256; value++)
        {
            bool printable = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xFF and not 0xAD);
            vocabulary.Add(((char)(printable ? value : 256 + unprintable++)).ToString(), value);
        }

        vocabulary.Add("th", 256);
        File.WriteAllText(Path.Combine(directory, "vocab.json"), JsonSerializer.Serialize(vocabulary));
        File.WriteAllText(Path.Combine(directory, "merges.txt"), "#version: 0.2\nt h\n");
    }

    private static CommandResult Evaluate(params string[] textAndOptions) =>
        Tint.Run(["eval", "perplexity", ByteModel.Spec, "--checkpoint", ByteModel.Checkpoint, "--text", .. textAndOptions]);

    private string Json(string[] textAndOptions)
    {
        string json = folder.File("result.json");
        Assert.Equal(0, Evaluate([.. textAndOptions, "--json", json]).ExitCode);
        return File.ReadAllText(json);
    }
}
