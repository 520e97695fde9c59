using TinT.Model;
using TinT.Model.Architectures;
using static System.FormattableString;

namespace TinT.Runtime.Checkpoints;

/// <summary>Compares the model of a <c>config.json</c> with that of a spec; every difference is reported.</summary>
/// <param name="fields">The configuration.</param>
/// <param name="configuration">What it says.</param>
/// <param name="expected">The spec's model.</param>
internal sealed class ConfigurationComparison(ConfigurationFields fields, ConfigurationOptions configuration, AuxiliaryDescription expected)
{
    /// <summary>What an architecture has that neither specs nor files say.</summary>
    private static readonly (string Name, Func<AuxiliaryDescription, object> Of)[] traits =
    [
        ("norm", model => model.Norm),
        ("norms", model => model.NormPlacement),
        ("gated feed-forward", model => model.IsGated),
        ("positions", model => model.Positions),
        ("unused positions", model => model.UnusedPositions),
        ("interleaved rotary pairs", model => model.Rotary?.Interleaved == true),
        ("slopes divided by √d", model => model.ScalesAlibi),
        ("scores divided by √d", model => model.ScalesScores),
        ("normalized queries and keys", model => model.HasQueryKeyNorm),
        ("normalized embeddings", model => model.HasEmbeddingNorm),
        ("embeddings times √D", model => model.ScalesEmbeddings),
        ("biases", model => model.Biases),
    ];

    /// <summary>What only models with rotary positions have; that there are none is said once.</summary>
    private static readonly AuxiliaryOption[] rotary =
    [
        AuxiliaryOptionTable.RopeTheta, AuxiliaryOptionTable.PartialRotaryFactor, AuxiliaryOptionTable.RotarySize, AuxiliaryOptionTable.Scaling,
    ];

    private readonly AuxiliaryDescription actual = configuration.Description;
    private readonly Architecture architecture = expected.Family();

    /// <summary>Compares.</summary>
    public void Run()
    {
        foreach (ConfigurationField row in architecture.Fields)
            Compare(row);
        AuxiliaryOption[] silent = [.. AuxiliaryOptionTable.All.Where(option => !IsSaid(option))];

        // Constants of the architecture; all else follows from fields that are compared.
        foreach (AuxiliaryOption option in silent.Where(option => option == AuxiliaryOptionTable.NormEpsilon || option == AuxiliaryOptionTable.RopeTheta))
            CompareSilent(option);
        if (fields.Problems.Count > 0)
            return;
        foreach (AuxiliaryOption option in silent)
            CompareSilent(option);
        if (fields.Problems.Count > 0)
            return;
        foreach ((string name, Func<AuxiliaryDescription, object> of) in traits.Where(trait => !trait.Of(actual).Equals(trait.Of(expected))))
            fields.Report(Invariant($"{architecture.ClassName} has {name}: {of(actual)}, but the spec's model has {of(expected)}"));
    }

    /// <summary>Whether a field says it; whether the head is tied is for the tensors to tell, and the context where no field says it is what the spec likes.</summary>
    private bool IsSaid(AuxiliaryOption option) =>
        option == AuxiliaryOptionTable.TieWordEmbeddings || option == AuxiliaryOptionTable.MaxPositionEmbeddings || architecture.Fields.Any(
            row => row.Option == option);

    private void Compare(ConfigurationField row)
    {
        AuxiliaryOption option = row.Option;
        string? name = configuration.NameOf(row);
        object? wanted = Canonical(option.Of(expected));
        object? own = configuration.ValueOf(row);
        if (!configuration.IsRead(row) || (!configuration.IsWhole && own is not (int or bool or string)))
            return;
        object? has = configuration.IsWhole ? option.Of(actual) : own;
        if (OptionText.AreSame(has, wanted) || IsLoose(option, name, has, wanted))
            return;
        string spec = $"auxiliary.{option} is {OptionText.Of(option, wanted)}";
        if (name is null)
            fields.Report($"{row.Names[0]} is {(configuration.IsNone(row) ? "null" : "absent")}, which means {Meaning(option, has)}, but {spec}");
        else if (OptionText.AreSame(own, has))
            fields.Report($"{name} is {fields.Show(name)} but {spec}");
        else
            fields.Report($"{name} is {fields.Show(name)}, which with the other fields means {OptionText.Of(option, has)}, but {spec}");
    }

    /// <summary>Without a position table a spec may have a shorter context than the file, or any if the file has none; an untied head of a file may still be the embedding.</summary>
    private bool IsLoose(AuxiliaryOption option, string? name, object? has, object? wanted)
    {
        if (rotary.Contains(option))
            return (actual.Rotary is null) != (expected.Rotary is null);
        if (option == AuxiliaryOptionTable.MaxPositionEmbeddings)
            return expected.Positions != PositionKind.Learned && (name is null || (int)wanted! < (int)has!);
        return option == AuxiliaryOptionTable.TieWordEmbeddings && expected.TiesEmbeddings;
    }

    private void CompareSilent(AuxiliaryOption option)
    {
        object? has = option.Of(actual);
        object? wanted = option.Of(expected);
        if (!OptionText.AreSame(has, wanted) && !IsLoose(option, null, has, wanted))
            fields.Report($"{architecture.ClassName}'s {option} is {OptionText.Of(option, has)} but auxiliary.{option} is {OptionText.Of(option, wanted)}");
    }

    private string Meaning(AuxiliaryOption option, object? value)
    {
        if (option != AuxiliaryOptionTable.IntermediateSize)
            return OptionText.Of(option, value);
        ConfigurationField width = architecture.Fields.First(row => row.Option == AuxiliaryOptionTable.HiddenSize);
        return Invariant($"4 × {configuration.NameOf(width)} = {4L * actual.HiddenSize}");
    }

    /// <summary>Activations have several names.</summary>
    private static object? Canonical(object? value) => value is string name ? Model.Activations.KnownActivations.Find(name)?.Name ?? name : value;
}
