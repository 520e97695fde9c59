using TinT.Cli.Sweeps.Reading;
using TinT.Evaluation.Sharing;
using TinT.Reports.Sweeps;

namespace TinT.Cli.Sweeps.Evaluations;

/// <summary>An evaluation of a sweep: its work, and how far it is.</summary>
internal interface ISweepEvaluation : IDisposable
{
    /// <summary>What is evaluated.</summary>
    SweepEntry Entry { get; }

    /// <summary>What determines its numbers and its units, by name.</summary>
    IReadOnlyDictionary<string, string> Inputs { get; }

    /// <summary>The units that can be told before any is run.</summary>
    IReadOnlyList<PlannedUnit> Units { get; }

    /// <summary>Bytes that a process needs beside the program itself.</summary>
    long Memory { get; }

    /// <summary>Whether all of it is finished.</summary>
    bool IsComplete { get; }

    /// <summary>Uses the logs of a folder.</summary>
    /// <param name="directory">The folder, which exists.</param>
    /// <param name="process">What sets this process's log apart.</param>
    void Open(string directory, string process);

    /// <summary>Reads what other processes have finished.</summary>
    void Refresh();

    /// <summary>Whether a unit is finished.</summary>
    /// <param name="unit">The unit.</param>
    bool IsFinished(PlannedUnit unit);

    /// <summary>Runs what is left to this process.</summary>
    /// <param name="workers">Tells what is left.</param>
    /// <param name="cancellationToken">Asked between passes.</param>
    void Run(IWorkers workers, CancellationToken cancellationToken);

    /// <summary>Loads weights, measures each method and lets go of them.</summary>
    /// <param name="measure">Measures one.</param>
    void Measure(Action<MeasuredMethod> measure);

    /// <summary>What is found so far.</summary>
    SweptEvaluation Report();
}
