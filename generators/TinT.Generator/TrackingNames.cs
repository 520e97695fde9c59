namespace TinT.Generator;

/// <summary>Names of the pipeline's steps, for tests of what is recomputed.</summary>
internal static class TrackingNames
{
    /// <summary>Additional files that are specs, with their text.</summary>
    public const string ReadSpecs = nameof(ReadSpecs);

    /// <summary>Whether the compilation gets GPU simulators.</summary>
    public const string FindGpuHost = nameof(FindGpuHost);

    /// <summary>Specs compiled, one by one.</summary>
    public const string CompileSpecs = nameof(CompileSpecs);

    /// <summary>Diagnostics of each spec.</summary>
    public const string ReportDiagnostics = nameof(ReportDiagnostics);

    /// <summary>Sources of each spec whose model name is its own.</summary>
    public const string AddSources = nameof(AddSources);

    /// <summary>Specs that would make what others make.</summary>
    public const string FindConflicts = nameof(FindConflicts);

    /// <summary>What the project says about its generated code.</summary>
    public const string ReadSettings = nameof(ReadSettings);
}
