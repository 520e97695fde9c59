using System.Globalization;
using TinT.Cli.Context;
using TinT.Cli.Simulators;
using TinT.Cli.Sweeps.Reading;
using TinT.Reports.Sweeps;

namespace TinT.Cli.Sweeps.Evaluations;

/// <summary>A sweep with all of its evaluations laid out.</summary>
internal sealed class OpenedSweep : IDisposable
{
    private readonly ChosenDevice device;

    /// <summary>Lays it out.</summary>
    /// <param name="context">Where progress goes.</param>
    /// <param name="file">The sweep.</param>
    /// <exception cref="TinT.Evaluation.Sweeps.EvaluationException">Options contradict each other.</exception>
    public OpenedSweep(CommandContext context, SweepFile file)
    {
        File = file;
        device = file.Entries[0].Simulator.OpenDevice(context);
        List<ISweepEvaluation> evaluations = [];
        foreach ((int index, SweepEntry entry) in file.Entries.Index())
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            evaluations.Add(entry switch
            {
                PerplexityEntry perplexity => new PerplexityEvaluation(context, index, perplexity, device),
                InContextEntry tasks => new InContextEvaluation(context, index, tasks, device),
                _ => throw new NotSupportedException($"There is no evaluation of {entry}."),
            });
        }

        Evaluations = evaluations;
    }

    /// <summary>The sweep.</summary>
    public SweepFile File { get; }

    /// <summary>The evaluations, in order.</summary>
    public IReadOnlyList<ISweepEvaluation> Evaluations { get; }

    /// <summary>All units, in order.</summary>
    public IEnumerable<PlannedUnit> Units => Evaluations.SelectMany(evaluation => evaluation.Units);

    /// <summary>Whether all is finished.</summary>
    public bool IsComplete => Evaluations.All(evaluation => evaluation.IsComplete);

    /// <summary>What determines the numbers of all evaluations, by name.</summary>
    public Dictionary<string, string> Inputs()
    {
        Dictionary<string, string> all = new() { ["name"] = File.Name };
        foreach ((int index, ISweepEvaluation evaluation) in Evaluations.Index())
        {
            string prefix = string.Create(CultureInfo.InvariantCulture, $"{index + 1}: ");
            all.Add($"{prefix}evaluation", evaluation.Entry.Label);
            foreach ((string name, string value) in evaluation.Inputs)
                all.Add(prefix + name, value);
        }

        return all;
    }

    /// <summary>Reads what other processes have finished.</summary>
    public void Refresh()
    {
        foreach (ISweepEvaluation evaluation in Evaluations)
            evaluation.Refresh();
    }

    /// <summary>What is found so far.</summary>
    public SweepReport Report() => new(File.Name, [.. Evaluations.Select(evaluation => evaluation.Report())]);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ISweepEvaluation evaluation in Evaluations)
            evaluation.Dispose();
        device.Dispose();
    }
}
