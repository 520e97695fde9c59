using TinT.Model;
using TinT.Model.Activations;
using TinT.Model.Architectures;
using static System.FormattableString;

namespace TinT.Runtime.Checkpoints;

/// <summary>What a <c>config.json</c> says of its model, by the rows of its architecture.</summary>
internal sealed class ConfigurationOptions
{
    private static readonly (string Field, string Supported)[] absent =
    [
        ("final_logit_softcapping", "null"), ("attn_logit_softcapping", "null"),
    ];

    /// <summary>More layers than any model has; lists with one entry for each are made of them.</summary>
    private const int MostLayers = 1 << 16;

    private static readonly string[] experts = ["num_experts", "num_local_experts", "n_routed_experts"];

    private readonly ConfigurationFields fields;
    private readonly Architecture architecture;
    private readonly AuxiliaryDescription? expected;
    private readonly HashSet<ConfigurationField> unread = [];
    private readonly Dictionary<ConfigurationField, object> read = [];

    private ConfigurationOptions(ConfigurationFields fields, Architecture architecture, AuxiliaryDescription? expected)
    {
        this.fields = fields;
        this.architecture = architecture;
        this.expected = expected;
        Options = Read();
        Description = architecture.Describe(Options);
    }

    /// <summary>What the file says.</summary>
    public AuxiliaryOptions Options { get; }

    /// <summary>The model; where fields could not be read as if they were absent.</summary>
    public AuxiliaryDescription Description { get; }

    /// <summary>Whether all fields could be read, so that what follows from them is known.</summary>
    public bool IsWhole => unread.Count == 0;

    /// <summary>Reads the fields; what is missing, not understood or not supported is reported.</summary>
    /// <param name="fields">The configuration.</param>
    /// <param name="architecture">Its architecture.</param>
    /// <param name="expected">What the spec says, for messages; <see langword="null"/> without a spec.</param>
    public static ConfigurationOptions Read(ConfigurationFields fields, Architecture architecture, AuxiliaryDescription? expected) =>
        new(fields, architecture, expected);

    /// <summary>Whether a row's field was there and understood, or not there.</summary>
    /// <param name="row">The row.</param>
    public bool IsRead(ConfigurationField row) => !unread.Contains(row);

    /// <summary>What a field says, taken by itself; <see langword="null"/> if it is not there or not understood.</summary>
    /// <param name="row">The row.</param>
    public object? ValueOf(ConfigurationField row) => read.GetValueOrDefault(row);

    /// <summary>Name by which a field is there; <see langword="null"/> if it is not.</summary>
    /// <param name="row">The row.</param>
    public string? NameOf(ConfigurationField row) => row.Names.FirstOrDefault(name => fields.TryGet(name, out _));

    /// <summary>Whether a field is there to say that there is none.</summary>
    /// <param name="row">The row.</param>
    public bool IsNone(ConfigurationField row) => row.NullIsNone && row.Names.Any(fields.IsNull);

    private AuxiliaryOptions Read()
    {
        AuxiliaryOptions options = new();
        foreach (ConfigurationField row in architecture.Fields)
            options = Read(row, options);
        if (options.SlidingLayers is { } layers && options.LayerCount is { } count && layers.Count != count)
        {
            fields.Report(Invariant($"layer_types names {layers.Count} layers, but there are {count}"));
            options = options with { SlidingLayers = null };
        }

        foreach ((string field, bool value) in architecture.Flags)
        {
            if (fields.Flag(field) is { } actual && actual != value)
                fields.Refuse(field, value ? "true" : "false");
        }

        foreach ((string field, string supported) in absent)
        {
            if (fields.TryGet(field, out _) && !architecture.Fields.Any(row => row.Names.Contains(field)))
                fields.Refuse(field, supported);
        }

        foreach (string field in experts)
        {
            if (fields.Whole(field) is > 0)
                fields.Refuse(field, "0");
        }

        return architecture.Adjust(fields, options);
    }

    private AuxiliaryOptions Read(ConfigurationField row, AuxiliaryOptions options)
    {
        if (NameOf(row) is not { } name)
        {
            if (!row.IsRequired)
                return row.Absent is null || IsNone(row) ? options : row.Option.With(options, row.Absent);
            fields.Report($"{row.Names[0]} is missing");
            unread.Add(row);
            return options;
        }

        int problems = fields.Problems.Count;
        object? value = Value(row.Option, name);
        if (fields.Problems.Count > problems)
            unread.Add(row);
        if (value is null)
            return options;
        read.Add(row, value);
        return row.Option.With(options, value);
    }

    private object? Value(AuxiliaryOption option, string name) => option.Kind switch
    {
        OptionKind.Size => Size(option, name),
        OptionKind.Number => fields.Number(name),
        OptionKind.Flag => fields.Flag(name),
        OptionKind.Word => Activation(option, name),
        OptionKind.RopeScaling => RopeScalingField.Read(fields, name),
        OptionKind.LayerTypes => Layers(name),
        _ => throw new InvalidOperationException($"Fields of the kind {option.Kind} are not read."),
    };

    private int? Size(AuxiliaryOption option, string name)
    {
        if (fields.Whole(name) is not { } size)
            return null;
        int most = option == AuxiliaryOptionTable.LayerCount ? MostLayers : int.MaxValue;
        if (size > 0 && size <= most)
            return (int)size;
        fields.Report(expected is null
            ? Invariant($"{name} is {size}, which is not between 1 and {most}")
            : Invariant($"{name} is {size} but auxiliary.{option} is {OptionText.Of(option, option.Of(expected))}"));
        return null;
    }

    private string? Activation(AuxiliaryOption option, string name)
    {
        if (fields.Word(name) is not { } word)
            return null;
        if (KnownActivations.Find(word) is { } activation)
            return activation.Name;
        fields.Report(expected is null
            ? $"{name} is {CheckpointText.Quote(word)}, but only {string.Join(", ", KnownActivations.All)} are supported"
            : $"{name} is {CheckpointText.Quote(word)} but auxiliary.{option} is {OptionText.Of(option, option.Of(expected))}");
        return null;
    }

    private EquatableArray<bool>? Layers(string name)
    {
        if (fields.Words(name) is not { } words)
            return null;
        if (words.All(word => word is OptionText.SlidingLayer or OptionText.FullLayer))
            return words.Select(word => word == OptionText.SlidingLayer).ToEquatableArray();
        fields.Refuse(name, $"{OptionText.FullLayer} or {OptionText.SlidingLayer} for each layer");
        return null;
    }
}
