using TinT.Compiler.Diagnostics;

namespace TinT.Cli.Sweeps.Reading;

/// <summary>TINT4xxx: mistakes that only a sweep can have.</summary>
internal static class SweepDiagnostics
{
    /// <summary>There is no content.</summary>
    public static readonly DiagnosticDescriptor EmptySweep = new(
        "TINT4001", "Empty sweep", "The sweep is empty. Write at least 'models' and 'perplexity' or 'in_context'.");

    /// <summary>The top level is a list or a single value.</summary>
    public static readonly DiagnosticDescriptor SweepNotMapping = new(
        "TINT4002", "Sweep is not a mapping", "The sweep is {0}, not a mapping. Write lines of the form 'key: value', starting with 'sweep: 1'.");

    /// <summary>Another version of the format.</summary>
    public static readonly DiagnosticDescriptor UnknownFormatVersion = new(
        "TINT4003", "Unknown format version", "Version {0} of the sweep format is unknown to this tool. Write 'sweep: 1', or use a newer tool.");

    /// <summary>Both or none of what can be evaluated.</summary>
    public static readonly DiagnosticDescriptor OneKind = new(
        "TINT4004", "Not one kind of evaluation", "A sweep evaluates texts or tasks: {0}. Keep one of 'perplexity' and 'in_context'; write two sweeps for both.");

    /// <summary>A value that is there before.</summary>
    public static readonly DiagnosticDescriptor RepeatedValue = new(
        "TINT4005", "Repeated value", "'{0}' has {1} twice. Give each value once.");

    /// <summary>A file or directory that is not there.</summary>
    public static readonly DiagnosticDescriptor MissingFile = new(
        "TINT4006", "Missing file", "'{0}' names {1}, but {2} does not exist. Paths start from the folder of the sweep; mend the path.");

    /// <summary>More than a spec compiles.</summary>
    public static readonly DiagnosticDescriptor TooMany = new(
        "TINT4007", "More than the spec has", "'{0}' is {1}, but {2} has 1 to {3}. Raise {4} there, or take the value away.");

    /// <summary>Layers and steps that make no pairs.</summary>
    public static readonly DiagnosticDescriptor NoPairs = new(
        "TINT4008", "Layers and steps make no pairs", "'in_context.layers' has {0} values and 'in_context.steps' {1}; they go in pairs. Give as many of each, or one of either.");

    /// <summary>Weights of 16 bits on a device.</summary>
    public static readonly DiagnosticDescriptor NarrowOnDevice = new(
        "TINT4009", "16 bits on a device", "'models.weights' is {0}, which is for the processor: GPU simulators keep weights in float32. Write f32, or 'device: cpu' in 'run'.");

    /// <summary>A name that cannot name files and jobs.</summary>
    public static readonly DiagnosticDescriptor InvalidName = new(
        "TINT4010", "Invalid name", "The name {0} cannot name folders and jobs everywhere. Use up to 64 letters, digits, hyphens and underscores.");

    /// <summary>All of them, by id.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
        [EmptySweep, SweepNotMapping, UnknownFormatVersion, OneKind, RepeatedValue, MissingFile, TooMany, NoPairs, NarrowOnDevice, InvalidName];
}
