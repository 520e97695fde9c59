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
        "training.update is dual, but training.layer_norm full trains gains as matrices, which have a primal form only. Use update auto or primal, or layer_norm gain, which trains them as vectors.");

    /// <summary>h_k does not divide h.</summary>
    public static readonly DiagnosticDescriptor GroupsDoNotDivideHeads = new(
        "TINT1008",
        "Heads of keys and values do not divide the heads",
        "{0} heads of keys and values do not divide {1} attention heads, so the heads cannot be grouped. Use {2}.");

    /// <summary>d is greater than D.</summary>
    public static readonly DiagnosticDescriptor HeadTooLarge = new(
        "TINT1009", "Head larger than the hidden size", "auxiliary.head_dim {0} is greater than auxiliary.hidden_size {1}; no head of the simulator could hold it. Use at most {1}.");

    /// <summary>An option that the architecture has not.</summary>
    public static readonly DiagnosticDescriptor KeyOfOtherArchitecture = new(
        "TINT1010", "Key of another architecture", "'{0}' says nothing of the architecture {1}; it belongs to {2}. Remove the line.");

    /// <summary>A kind that the architecture does not have.</summary>
    public static readonly DiagnosticDescriptor KindOfOtherArchitecture = new(
        "TINT1011", "Kind of another architecture", "'{0}' cannot be '{1}' in the architecture {2}. Write {3}, or remove the line.");

    /// <summary>Rotary keys without rotary positions.</summary>
    public static readonly DiagnosticDescriptor NoRotaryPositions = new(
        "TINT1012", "No rotary positions", "'{0}' needs 'positions.kind: rotary'. Remove the line, or change the kind.");

    /// <summary>A rotary size that makes no pairs.</summary>
    public static readonly DiagnosticDescriptor RotaryNotEven = new(
        "TINT1013",
        "Rotary coordinates make no pairs",
        "{0} of the {1} coordinates of a head would be turned; it must be an even number from 2 to {1}. Change {2}.");

    /// <summary>Frequency factors in the wrong order.</summary>
    public static readonly DiagnosticDescriptor FrequencyFactors = new(
        "TINT1014", "Frequency factors in the wrong order", "high_freq_factor {0} must be greater than low_freq_factor {1}. Check them against the checkpoint's config.json.");

    /// <summary>Another number of layer types than layers.</summary>
    public static readonly DiagnosticDescriptor LayerTypeCount = new(
        "TINT1015", "Another number of layer types", "'layer_types' has {0} items, but there are {1} layers. Write one for each layer.");

    /// <summary>Sliding layers without a window.</summary>
    public static readonly DiagnosticDescriptor WindowMissing = new(
        "TINT1016", "Window missing", "'layer_types' names sliding layers, but there is no 'sliding_window'. Add a line such as 'sliding_window: 4096'.");

    /// <summary>Exact gradients that skip attention.</summary>
    public static readonly DiagnosticDescriptor ExactWithoutAttention = new(
        "TINT1017",
        "Exact gradients pass through attention",
        "training.method is exact, whose gradients pass through attention, but training.attention is none. Use attention values, or exact to train queries and keys too.");

    /// <summary>Exact gradients with a row that the loss does not have.</summary>
    public static readonly DiagnosticDescriptor ExactAsAuthors = new(
        "TINT1018",
        "Exact gradients have no row without a target",
        "training.method is exact, but training.compatibility authors keeps the gradient of the last token, which has no target and so no part in the loss. Leave compatibility out.");

    /// <summary>All of them, by id.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
    [
        ValueOutOfRange, HeadsDoNotDivideHiddenSize, TooManyTrainedLayers, MatrixTooLarge, TooManyParameters, DualFormOfGains,
        GroupsDoNotDivideHeads, HeadTooLarge, KeyOfOtherArchitecture, KindOfOtherArchitecture, NoRotaryPositions, RotaryNotEven, FrequencyFactors,
        LayerTypeCount, WindowMissing, ExactWithoutAttention, ExactAsAuthors,
    ];
}
