using System.Globalization;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Parameters;
using TinT.Runtime.Simulation;

namespace TinT.Benchmarks.Peers;

/// <summary>A GPT-2 checkpoint with random weights of the size of a spec, as both sides of a comparison load it.</summary>
internal static class RandomCheckpoint
{
    /// <summary>Writes <c>config.json</c> and <c>model.safetensors</c>.</summary>
    public static void Write(string directory, SimulatorDescription description, ParameterTable table)
    {
        AuxiliaryDescription auxiliary = description.Auxiliary;
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "config.json"), string.Create(CultureInfo.InvariantCulture,
            $$"""
            {"model_type": "gpt2", "vocab_size": {{auxiliary.VocabularySize}}, "n_positions": {{auxiliary.MaxPositionEmbeddings}},
             "n_embd": {{auxiliary.HiddenSize}}, "n_layer": {{auxiliary.LayerCount}}, "n_head": {{auxiliary.HeadCount}}, "n_inner": {{auxiliary.IntermediateSize}},
             "activation_function": "{{auxiliary.Activation}}", "layer_norm_epsilon": {{auxiliary.NormEpsilon}} }
            """));

        var random = new Random(1);
        var tensors = new Dictionary<string, TensorData>(StringComparer.Ordinal);
        foreach (ParameterBinding binding in table.Bindings)
        {
            bool perLayer = binding.Region is ParameterRegion.Block or ParameterRegion.TrainedBlock;
            for (int layer = 0; layer < (perLayer ? auxiliary.LayerCount : 1); layer++)
            {
                string name = string.Format(CultureInfo.InvariantCulture, binding.Tensor, layer);
                tensors.TryAdd(name, TensorData.FromSingles(name, Values(random, name, binding.Shape), binding.Shape));
            }
        }

        SafetensorsWriter.Write(Path.Combine(directory, "model.safetensors"), [.. tensors.Values]);
    }

    /// <summary>As GPT-2 is initialised: gains 1, biases 0, the rest with standard deviation 0.02 (uniform here).</summary>
    private static float[] Values(Random random, string name, int[] shape)
    {
        var values = new float[shape.Aggregate(1, (a, b) => a * b)];
        if (shape.Length == 1)
        {
            values.AsSpan().Fill(name.EndsWith(".bias", StringComparison.Ordinal) ? 0 : 1);
            return values;
        }

        float halfWidth = 0.02f * MathF.Sqrt(3);
        for (int i = 0; i < values.Length; i++)
            values[i] = ((2 * random.NextSingle()) - 1) * halfWidth;
        return values;
    }
}
