namespace TinT.Compiler.Diagnostics;

/// <summary>TINT1xxx: sizes of the auxiliary model or of its training that do not fit together.</summary>
public static class ShapeDiagnostics
{
    /// <summary>A number outside its range.</summary>
    public static readonly DiagnosticDescriptor ValueOutOfRange = new(
        "TINT1001", "Value out of range", "'{0}' is {1}, outside the range {2} to {3}. Write a number in this range.");

    /// <summary>h does not divide D.</summary>
    public static readonly DiagnosticDescriptor HeadsDoNotDivideHiddenSize = new(
        "TINT1002",
        "Heads do not divide the hidden size",
        "{0} attention heads do not divide auxiliary.hidden_size {1}, so the heads have no common size. Use {2} heads.");

    /// <summary>The feed-forward width is no multiple of D.</summary>
    public static readonly DiagnosticDescriptor IntermediateSizeNotMultiple = new(
        "TINT1003",
        "Feed-forward width is no multiple of the hidden size",
        "auxiliary.intermediate_size {0} is no multiple of auxiliary.hidden_size {1}, so the feed-forward block cannot be cut in square blocks. Use {2}.");

    /// <summary>More trained layers than layers.</summary>
    public static readonly DiagnosticDescriptor TooManyTrainedLayers = new(
        "TINT1004",
        "More trained layers than layers",
        "training.layers is {0}, but the auxiliary model has only {1}. Use 1 to {1}, or remove the line to train all.");

    /// <summary>A matrix of 2³¹ elements or more.</summary>
    public static readonly DiagnosticDescriptor MatrixTooLarge = new(
        "TINT1005",
        "Matrix too large",
        "{0} would have {1} × {2} = {3} elements; a matrix has fewer than 2147483648. Reduce {4}.");

    /// <summary>An auxiliary model of 2⁴⁰ parameters or more.</summary>
    public static readonly DiagnosticDescriptor TooManyParameters = new(
        "TINT1006",
        "Too many parameters",
        "The auxiliary model would have {0} parameters; it may have fewer than 1099511627776. Reduce num_hidden_layers, hidden_size or intermediate_size.");

    /// <summary>The dual form where gains are trained as matrices.</summary>
    public static readonly DiagnosticDescriptor DualFormOfGains = new(
        "TINT1007",
        "No dual form of trained gains",
        "training.update is dual, but training.layer_norm full trains gains as matrices, which have a primal form only. Use update auto or primal, or layer_norm bias.");

    /// <summary>All of them, by id.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
    [
        ValueOutOfRange, HeadsDoNotDivideHiddenSize, IntermediateSizeNotMultiple, TooManyTrainedLayers, MatrixTooLarge, TooManyParameters,
        DualFormOfGains,
    ];
}
