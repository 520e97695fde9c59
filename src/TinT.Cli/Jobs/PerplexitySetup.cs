using System.Globalization;
using TinT.Cli.Compilation;
using TinT.Cli.Context;
using TinT.Cli.Outcomes;
using TinT.Cli.Simulators;
using TinT.Evaluation.Corpora;
using TinT.Evaluation.Perplexity;
using TinT.Evaluation.Tokenizers;
using TinT.Evaluation.Tokenizers.Files;
using TinT.Model;
using TinT.Reports.Files;
using TinT.Runtime.Checkpoints;

namespace TinT.Cli.Jobs;

/// <summary>A perplexity evaluation that is checked and laid out; no weights are loaded.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Spec">The spec.</param>
/// <param name="Model">The compiled spec.</param>
/// <param name="Corpus">The text.</param>
/// <param name="Options">Settings and sizes.</param>
internal sealed record PerplexitySetup(PerplexityRequest Request, SpecFile Spec, SimulatorFactory Model, BlockCorpus Corpus, PerplexityOptions Options)
{
    /// <summary>Checks what is asked for and reads spec and text.</summary>
    /// <param name="context">Where progress goes.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="device">Where the compiled simulator runs.</param>
    /// <exception cref="UsageException">The spec cannot be read, or an option does not fit it.</exception>
    /// <exception cref="SpecException">The spec has mistakes.</exception>
    /// <exception cref="CheckpointFormatException">The checkpoint cannot be read or does not fit the spec.</exception>
    /// <exception cref="TokenizerFormatException">The tokenizer cannot be read or does not fit the model.</exception>
    /// <exception cref="CorpusException">A text cannot be read or is too short.</exception>
    public static PerplexitySetup Of(CommandContext context, PerplexityRequest request, ChosenDevice device)
    {
        SpecFile spec = request.Simulator.ReadSpec();
        SimulatorFactory model = device.Compile(spec, context.CancellationToken);
        AuxiliaryDescription auxiliary = model.Description.Auxiliary;
        TrainingOverrides.Check(request.Sweep, model.Description.Training);
        int blockSize = request.BlockSize ?? auxiliary.MaxPositionEmbeddings;
        if (blockSize > auxiliary.MaxPositionEmbeddings)
            throw new UsageException(FormattableString.Invariant($"--block-size is {blockSize}, but the context of {model.Description.Model} is {auxiliary.MaxPositionEmbeddings} tokens; choose smaller blocks."));

        ITokenizer tokenizer = TokenizerChoice.Load(request.Tokenizer, request.Simulator.Checkpoint!, auxiliary, request.SpecialTokens);
        CorpusOptions cutting = new(blockSize) { GroupLines = request.GroupLines, MaxBlocks = request.Blocks };
        BlockCorpus corpus = CorpusReader.Read(request.Texts, tokenizer, cutting, context.CancellationToken);
        PerplexityOptions options = new()
        {
            Sweep = request.Sweep,
            BatchSize = request.BatchSize ?? MethodComparison.BatchSize(request.Simulator.Threads),
            KeepsTokenLosses = request.KeepsTokenLosses || request.HtmlPath is not null || request.PlotsDirectory is not null,
            Share = request.Shard is { } shard ? shard.Has : null,
        };
        return new PerplexitySetup(request, spec, model, corpus, options);
    }

    /// <summary>What is run.</summary>
    /// <exception cref="TinT.Evaluation.Sweeps.EvaluationException">The options do not fit each other or the blocks.</exception>
    public PerplexityPlan Plan() => PerplexityPlan.Create(
        Corpus.BlockSize, MethodComparison.NamesOf(Request.Exact, Request.Simulator.Weights), Model.Description.Training, Options);

    /// <summary>Files that determine the numbers.</summary>
    public IReadOnlyList<HashedInput> Inputs()
    {
        List<HashedInput> inputs = [RunInputs.Of(Spec), .. RunInputs.Directory("checkpoint", Request.Simulator.Checkpoint!)];
        if (Request.Tokenizer is { } tokenizer && tokenizer != TokenizerLoader.Bytes)
            inputs.AddRange(RunInputs.Directory("tokenizer", tokenizer));
        for (int index = 0; index < Request.Texts.Count; index++)
            inputs.Add(RunInputs.File(string.Create(CultureInfo.InvariantCulture, $"text {index + 1}"), Request.Texts[index]));
        return inputs;
    }

    /// <summary>What determines the numbers of a run beside what the run itself says.</summary>
    public Dictionary<string, string> Determinants()
    {
        Dictionary<string, string> all = RunInputs.Determinants(Inputs(), Request.Simulator);
        all.Add("--tokenizer", Request.Tokenizer == TokenizerLoader.Bytes ? "bytes" : Request.Tokenizer is null ? "of the checkpoint" : "of its directory");
        all.Add("--special-tokens", Request.SpecialTokens.ToString());
        all.Add("--block-size", Request.BlockSize is { } size ? Text(size) : "context");
        all.Add("--group-lines", Request.GroupLines is { } lines ? Text(lines) : "none");
        return all;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
