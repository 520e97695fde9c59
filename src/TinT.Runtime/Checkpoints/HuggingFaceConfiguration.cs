using System.Text.Json;
using TinT.Model;
using TinT.Model.Architectures;

namespace TinT.Runtime.Checkpoints;

/// <summary>The auxiliary model of a Hugging Face <c>config.json</c>.</summary>
/// <param name="Options">What the file says; sizes that it does not say, such as the context of some models, are <see langword="null"/>.</param>
/// <param name="Description">The model, every choice made; sizes that the file does not say are 1.</param>
/// <remarks>
/// Fields have the names of <c>transformers</c>' configuration classes, of older versions too; a field that is absent or null has the default of those
/// classes, except sizes, which must be there. <c>reorder_and_upcast_attn</c> is not compared: it only says in which order and precision the same function
/// is computed.
/// </remarks>
public sealed record HuggingFaceConfiguration(AuxiliaryOptions Options, AuxiliaryDescription Description)
{
    /// <summary>Reads the model of a configuration.</summary>
    /// <param name="path">Path of <c>config.json</c>.</param>
    /// <exception cref="CheckpointFormatException">
    /// The file cannot be read; the model is of no known architecture, or has what is not supported. The message lists all that is wrong.
    /// </exception>
    public static HuggingFaceConfiguration Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using JsonDocument document = Open(path);
        ConfigurationFields fields = new(document.RootElement);
        ConfigurationOptions? configuration = ConfigurationFamily.Read(fields) is { } architecture
            ? ConfigurationOptions.Read(fields, architecture, null)
            : null;
        if (configuration is not null && fields.Problems.Count == 0)
            DescriptionRules.Check(fields, configuration.Options, configuration.Description);
        return configuration is not null && fields.Problems.Count == 0
            ? new HuggingFaceConfiguration(configuration.Options, configuration.Description)
            : throw new CheckpointFormatException($"{path}: this model cannot be simulated: {string.Join("; ", fields.Problems)}. Load another checkpoint.");
    }

    /// <summary>Reads a configuration and compares it with a spec.</summary>
    /// <param name="path">Path of <c>config.json</c>.</param>
    /// <param name="expected">Auxiliary model of the spec.</param>
    /// <returns>Whether the output head is declared to share the embedding (<c>tie_word_embeddings</c>).</returns>
    /// <exception cref="CheckpointFormatException">The file cannot be read, or fields differ; the message lists all that do.</exception>
    internal static bool Check(string path, AuxiliaryDescription expected)
    {
        using JsonDocument document = Open(path);
        ConfigurationFields fields = new(document.RootElement);
        Architecture architecture = expected.Family();
        ConfigurationFamily.Check(fields, architecture);

        // Another family has other field names: nothing more can be said.
        if (fields.Problems.Count == 0)
        {
            ConfigurationOptions configuration = ConfigurationOptions.Read(fields, architecture, expected);
            new ConfigurationComparison(fields, configuration, expected).Run();
            if (fields.Problems.Count == 0)
                return configuration.Description.TiesEmbeddings;
        }

        throw new CheckpointFormatException(
            $"{path}: the checkpoint does not fit the spec: {string.Join("; ", fields.Problems)}. Change these keys of the spec or load another checkpoint.");
    }

    private static JsonDocument Open(string path) =>
        !File.Exists(path) && Path.GetDirectoryName(path) is { } directory && NanoGpt.Configuration(directory) is { } mend
        ? throw new CheckpointFormatException($"{path}: the file does not exist; {mend}.")
        : HuggingFaceJson.Open(path);
}
