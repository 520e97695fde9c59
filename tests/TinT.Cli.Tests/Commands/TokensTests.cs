using System.Diagnostics;
using System.Text;
using System.Text.Json;
using TinT.Tests.Common;

namespace TinT.Cli.Tests.Commands;

/// <summary>The tokens of a text, and why it splits as it does.</summary>
public sealed class TokensTests : IDisposable
{
    private const string Tokenizer = """
        {"added_tokens":[{"id":8,"content":"<end>","special":true,"normalized":false}],
        "normalizer":{"type":"Lowercase"},
        "pre_tokenizer":{"type":"Sequence","pretokenizers":[{"type":"Digits","individual_digits":true},{"type":"Metaspace","replacement":"▁","prepend_scheme":"first"}]},
        "post_processor":{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<end>","type_id":0}},{"Sequence":{"id":"A","type_id":0}}],
        "special_tokens":{"<end>":{"id":"<end>","ids":[8]}}},
        "model":{"type":"BPE","vocab":{"a":0,"b":1,"▁":2,"ab":3,"▁ab":4,"1":5,"2":6,"?":7},"merges":["a b","▁ ab"],"unk_token":"?"}}
        """;

    private readonly TemporaryFolder folder = new();

    public TokensTests()
    {
        File.WriteAllText(folder.File("tokenizer.json"), Tokenizer);
        File.WriteAllText(folder.File("text.txt"), "AB 12 ab\t<end>é");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Ids_pieces_places_and_what_cut_them_off_are_shown()
    {
        string output = Tint.Run("tokens", "--tokenizer", folder.Path, "--text", folder.File("text.txt"), "--special-tokens").AssertDone().Output;
        Snapshot.Match(output.Replace(Path.GetFileName(folder.Path), "folder", StringComparison.Ordinal));
    }

    [Fact]
    public void Json_has_ids_and_tokens_with_their_spans()
    {
        CommandResult result = Tint.Run("tokens", "--tokenizer", folder.Path, "--text", folder.File("text.txt"), "--json", "-");
        string output = result.Output;
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("16 bytes are ", result.Error, StringComparison.Ordinal);
        Snapshot.Match(output.Replace(Path.GetFileName(folder.Path), "folder", StringComparison.Ordinal), "json");

        using JsonDocument document = JsonDocument.Parse(output);
        Assert.Equal(
            document.RootElement.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()),
            document.RootElement.GetProperty("tokens").EnumerateArray().Select(token => token.GetProperty("id").GetInt32()));
    }

    [Fact]
    public void Bytes_are_a_tokenizer_too()
    {
        File.WriteAllText(folder.File("text.txt"), "aé\n");
        string output = Tint.Run("tokens", "--tokenizer", "bytes", "--text", folder.File("text.txt")).AssertDone().Output;
        Assert.StartsWith("4 bytes are 4 tokens of bytes in 1 parts\n", output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^195  <0xC3> +1–2 ", output);
        Assert.Matches(@"(?m)^ 10  <0x0A> +3–4  ""\\n""$", output);
    }

    [Fact]
    public void A_text_may_come_by_standard_input()
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "tint.dll"), "tokens", "--tokenizer", "bytes"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        using Process process = Process.Start(start)!;
        process.StandardInput.BaseStream.Write("\uFEFFé!"u8);
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.StartsWith("3 bytes are 3 tokens of bytes in 1 parts\n", output, StringComparison.Ordinal);
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public void What_cannot_be_read_is_named()
    {
        string text = folder.File("text.txt");
        Tint.Run("tokens", "--tokenizer", "bytes", "--text", folder.File("missing.txt")).AssertFailed(
            1, $"error: {folder.File("missing.txt")}: there is no such file.");
        Tint.Run("tokens", "--tokenizer", folder.File("missing"), "--text", text).AssertFailed(
            1,
            $"error: {folder.File("missing")}: holds no tokenizer: no tokenizer.json, no vocab.json with merges.txt, and no tokenizer.model. Name the directory that has one.");
        File.WriteAllText(folder.File("tokenizer.json"), Tokenizer.Replace("Lowercase", "Nmt", StringComparison.Ordinal));
        CommandResult result = Tint.Run("tokens", "--tokenizer", folder.Path, "--text", text);
        Assert.StartsWith(
            $"error: {folder.File("tokenizer.json")}: $.normalizer.type: the normalizer \"Nmt\" is not supported; ", result.Error, StringComparison.Ordinal);
        File.WriteAllBytes(text, [(byte)'a', 0xFF]);
        Tint.Run("tokens", "--tokenizer", "bytes", "--text", text).AssertFailed(
            1, $"error: {text}: byte 1: 0xFF does not start a valid UTF-8 character here; save the file as UTF-8.");
    }

    [Fact]
    public void Bytes_have_no_special_tokens() =>
        Tint.Run("tokens", "--tokenizer", "bytes", "--text", folder.File("text.txt"), "--special-tokens").AssertFailed(
        2, "error: --special-tokens is for the tokenizers of models: bytes have no special tokens.");

    [Fact]
    public void The_text_is_not_replaced_by_the_report() => Assert.Contains(
        "is the same file as --text",
        Tint.Run("tokens", "--tokenizer", "bytes", "--text", folder.File("text.txt"), "--json", folder.File("text.txt")).Error, StringComparison.Ordinal);
}
