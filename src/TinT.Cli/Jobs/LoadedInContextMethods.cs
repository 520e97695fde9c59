using TinT.Cli.Compilation;
using TinT.Cli.Context;
using TinT.Cli.Outcomes;
using TinT.Cli.Simulators;
using TinT.Evaluation.InContext.Protocol;
using TinT.Evaluation.Tokenizers;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Simulation;

namespace TinT.Cli.Jobs;

/// <summary>The methods of an in-context evaluation with their weights: TinT, exact SGD if it runs, and the model that only scores.</summary>
internal sealed class LoadedInContextMethods : IDisposable
{
    private readonly List<InContextMethod> methods = [];

    /// <summary>Loads them.</summary>
    /// <param name="context">Where progress goes.</param>
    /// <param name="setup">The evaluation.</param>
    /// <param name="device">Where compiled simulators run.</param>
    /// <exception cref="CheckpointFormatException">A checkpoint does not fit its spec.</exception>
    /// <exception cref="UsageException">The second model reads other ids.</exception>
    public LoadedInContextMethods(CommandContext context, InContextSetup setup, ChosenDevice device)
    {
        (InContextRequest request, SimulatorFactory model) = (setup.Request, setup.Model);
        string checkpoint = request.Simulator.Checkpoint!;
        try
        {
            methods.Add(new InContextMethod(MethodComparison.TintName(request.Simulator.Weights), context.Load(model, checkpoint, request.Simulator.Options)));
            if (request.Exact is { } subset)
            {
                methods.Add(request.Options.Authors
                    ? ExactMethods.OfAuthors(ExactSimulator.OfReference(context, setup.Spec, subset, checkpoint, request.Simulator.Threads), subset)
                    : new InContextMethod(
                        ExactMethods.Name(subset, authors: false), ExactSimulator.Load(context, setup.Spec, subset, checkpoint, device, request.Simulator.Threads)));
            }

            if (request.Second is not null)
            {
                ISimulator second = LoadSecond(context, setup, device);
                string name = second.Description.Model == model.Description.Model ? "second" : second.Description.Model;
                methods.Add(new InContextMethod(name, second, Learns: false));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The methods, in the order of tables.</summary>
    public IReadOnlyList<InContextMethod> All => methods;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (InContextMethod method in methods)
            method.Simulator.Dispose();
    }

    /// <summary>Loads the model that only scores, if it reads the same ids.</summary>
    private static ISimulator LoadSecond(CommandContext context, InContextSetup setup, ChosenDevice device)
    {
        (InContextRequest request, InContextPlan plan) = (setup.Request, setup.Plan);
        SimulatorFactory model = device.Compile(
            request.SecondSpec is null ? request.Simulator.ReadSpec() : SpecFile.Read(request.SecondSpec), context.CancellationToken);
        ITokenizer tokenizer = TokenizerChoice.Load(request.Tokenizer, request.Second!, model.Description.Auxiliary, specialTokens: false);
        string text = plan.Tasks[0].Data.Training.Rows[0].Text;
        if (!tokenizer.StartIds.SequenceEqual(plan.Tokenizer.StartIds) || !tokenizer.Encode(text).SequenceEqual(plan.Tokenizer.Encode(text)))
            throw new UsageException(
                $"{request.Second} has another tokenizer than {request.Simulator.Checkpoint}, so that its prompts are other ones; evaluate it by itself.");
        if (model.Description.Auxiliary.MaxPositionEmbeddings < plan.MaxTokens)
        {
            throw new UsageException(FormattableString.Invariant(
                $"The context of {request.Second} is {model.Description.Auxiliary.MaxPositionEmbeddings} tokens, but prompts may have {plan.MaxTokens}; add --max-length {model.Description.Auxiliary.MaxPositionEmbeddings}."));
        }

        return context.Load(model, request.Second!, request.Simulator.Options);
    }
}
