using System.CommandLine;
using TinT.Cli.Context;
using TinT.Cli.Files;
using TinT.Cli.Jobs;
using TinT.Evaluation.Tokenizers;

namespace TinT.Cli.Commands;

/// <summary><c>tint tokens</c>: how a tokenizer cuts a text.</summary>
internal sealed class TokensCommand : Command, IHasExample
{
    private readonly Option<string> tokenizer = new FileOption<string>("--tokenizer", FileRole.InputDirectory)
    {
        HelpName = "bytes|DIR",
        Required = true,
        Description = "'bytes', or a directory with tokenizer.json, vocab.json and merges.txt, or tokenizer.model.",
        OtherValue = TokenizerLoader.Bytes,
    };

    private readonly Option<string> text = new FileOption<string>("--text", FileRole.Input)
    {
        HelpName = "FILE|-",
        DefaultValueFactory = _ => TokensRequest.StandardInput,
        Description = "The text, in UTF-8. '-' is standard input.",
        OtherValue = TokensRequest.StandardInput,
    };

    private readonly Option<bool> specialTokens = CommonArguments.SpecialTokens();
    private readonly Option<string?> json = CommonArguments.OutputFile("--json", "Also writes ids, tokens and parts as JSON.");

    /// <summary>Creates the command.</summary>
    public TokensCommand(CommandContext context)
        : base("tokens", "Shows the tokens of a text: ids, spellings, places in bytes, and which step of the tokenizer cut each part off.")
    {
        Add(tokenizer);
        Add(text);
        Add(specialTokens);
        Add(json);
        SetAction(arguments => TokensJob.Run(context, new TokensRequest
        {
            Tokenizer = arguments.GetRequiredValue(tokenizer),
            Text = arguments.GetRequiredValue(text),
            SpecialTokens = arguments.GetValue(specialTokens),
            JsonPath = arguments.GetValue(json),
        }));
    }

    /// <inheritdoc/>
    public string Example => "tint tokens --tokenizer models/gpt2 --text story.txt\necho 'Hello world' | tint tokens --tokenizer models/llama --json -";
}
