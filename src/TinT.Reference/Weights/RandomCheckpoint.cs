using System.Text.Json;
using TinT.Model;
using TinT.Model.Architectures;
using TinT.Runtime.Checkpoints;

namespace TinT.Reference.Weights;

/// <summary>Writes Hugging Face model directories with random weights, for checks and measurements that need no trained model.</summary>
public static class RandomCheckpoint
{
    /// <summary>Writes <c>config.json</c> and <c>model.safetensors</c>.</summary>
    /// <param name="directory">The directory; created if it is missing.</param>
    /// <param name="auxiliary">Shape of the model.</param>
    /// <param name="seed">The same seed gives the same weights.</param>
    /// <exception cref="CheckpointFormatException">The weights cannot be written.</exception>
    public static void Write(string directory, AuxiliaryDescription auxiliary, int seed)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentNullException.ThrowIfNull(auxiliary);
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "config.json"), Configuration(auxiliary));
        Random random = new(seed);
        List<TensorData> tensors = [];
        foreach (StoredTensor tensor in auxiliary.Tensors())
        {
            int[] shape = tensor.Shape(auxiliary);
            tensors.AddRange(tensor.Layers(auxiliary).Select(layer =>
                TensorData.FromSingles(tensor.NameIn(layer), Values(tensor, shape, random), shape)));
        }

        SafetensorsWriter.Write(Path.Combine(directory, "model.safetensors"), tensors);
    }

    /// <summary>Uniform: gains near 1, biases near 0, and matrices that keep the size of what passes through them.</summary>
    private static float[] Values(StoredTensor tensor, int[] shape, Random random)
    {
        double deviation = shape.Length == 1 ? 0.1 : 0.7 / Math.Sqrt(shape.Min());
        float center = tensor.IsGain ? 1 - tensor.Offset : 0;
        float width = (float)(deviation * Math.Sqrt(12));
        float[] values = new float[shape.Aggregate(1, (product, size) => product * size)];
        for (int index = 0; index < values.Length; index++)
            values[index] = center + (width * (random.NextSingle() - 0.5f));
        return values;
    }

    private static string Configuration(AuxiliaryDescription auxiliary)
    {
        Architecture architecture = auxiliary.Family();
        Dictionary<string, object?> fields = new() { ["model_type"] = architecture.Name };
        foreach (ConfigurationField field in architecture.Fields)
        {
            if (field.IsWritten && field.Option.Of(auxiliary) is { } value)
                fields.Add(field.Names[0], Json(value));
            else if (field.NullIsNone)
                fields.Add(field.Names[0], null);
        }

        foreach ((string field, bool value) in architecture.Flags)
            fields.Add(field, value);
        foreach ((string field, object value) in architecture.Adjusted(auxiliary))
            fields.Add(field, value);
        return JsonSerializer.Serialize(fields);
    }

    private static object Json(object value) => value switch
    {
        RopeScaling scaling => new Dictionary<string, object>
        {
            ["rope_type"] = scaling.Kind,
            ["factor"] = scaling.Factor,
            ["low_freq_factor"] = scaling.LowFrequencyFactor,
            ["high_freq_factor"] = scaling.HighFrequencyFactor,
            ["original_max_position_embeddings"] = scaling.OriginalMaxPositionEmbeddings,
        },
        EquatableArray<bool> layers => layers.Select(slides => slides ? "sliding_attention" : "full_attention").ToArray(),
        _ => value,
    };
}
