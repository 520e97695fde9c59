namespace TinT.Cli.Commands;

/// <summary>Options that a command of <c>tint sweep</c> has.</summary>
[Flags]
internal enum SweepOptions
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The folder of results.</summary>
    Output = 1,

    /// <summary>Threads of simulators.</summary>
    Threads = 2,

    /// <summary>How a process works.</summary>
    Run = 4,

    /// <summary>Files to write.</summary>
    Reports = 8,

    /// <summary>What a plan tells.</summary>
    Plan = 16,
}
