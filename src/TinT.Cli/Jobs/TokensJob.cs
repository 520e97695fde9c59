using TinT.Cli.Context;
using TinT.Cli.Outcomes;
using TinT.Evaluation.Corpora;
using TinT.Evaluation.Tokenizers;
using TinT.Evaluation.Tokenizers.Files;
using TinT.Reports.Files;

namespace TinT.Cli.Jobs;

/// <summary>Encodes a text and shows its tokens.</summary>
internal static class TokensJob
{
    /// <summary>Runs the job.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">Special tokens were asked for and there are none.</exception>
    /// <exception cref="TokenizerFormatException">The tokenizer cannot be read.</exception>
    /// <exception cref="CorpusException">The text cannot be read.</exception>
    /// <exception cref="ReportException">A report cannot be written.</exception>
    public static int Run(CommandContext context, TokensRequest request)
    {
        ITokenizer tokenizer = TokenizerChoice.Load(request.Tokenizer, request.SpecialTokens);
        byte[] text = request.Text == TokensRequest.StandardInput ? TextFile.Read(Console.OpenStandardInput(), "standard input") : TextFile.Read(request.Text);
        context.CancellationToken.ThrowIfCancellationRequested();
        ExplainedText tokens = Surround(tokenizer, tokenizer.Explain(text), text.Length);
        context.WriteReport(request.JsonPath, stream => TokensJson.Write(stream, tokenizer, tokens));
        context.Console.Write(TokensTable.Create(tokenizer, text, tokens));
        return ExitCode.Done;
    }

    /// <summary>Puts the tokens around a text that the model expects there.</summary>
    private static ExplainedText Surround(ITokenizer tokenizer, ExplainedText text, int length) => text with
    {
        Tokens = [.. tokenizer.StartIds.Select(id => Put(tokenizer, id, 0)), .. text.Tokens, .. tokenizer.EndIds.Select(id => Put(tokenizer, id, length))],
    };

    private static TextToken Put(ITokenizer tokenizer, int id, int place) => new(id, tokenizer.PieceOf(id) ?? "", place, place, TextToken.NoPart);
}
