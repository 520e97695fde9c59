using System.Text.Json;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Simulation;

namespace TinT.Tests.Common;

/// <summary>Writes Hugging Face style checkpoints with random weights.</summary>
public static class RandomCheckpoint
{
    /// <summary>Writes <c>config.json</c> and <c>model.safetensors</c>.</summary>
    /// <param name="directory">An existing folder.</param>
    /// <param name="auxiliary">The model.</param>
    /// <param name="seed">The same seed gives the same weights.</param>
    public static void Write(string directory, AuxiliaryDescription auxiliary, int seed)
    {
        bool isGpt2 = auxiliary.Architecture == "gpt2";
        File.WriteAllText(Path.Combine(directory, "config.json"), isGpt2 ? Gpt2Configuration(auxiliary) : OptConfiguration(auxiliary));
        var random = new Random(seed);
        IEnumerable<(string Name, int[] Shape)> tensors = isGpt2 ? Gpt2Tensors(auxiliary) : OptTensors(auxiliary);
        SafetensorsWriter.Write(
            Path.Combine(directory, "model.safetensors"),
            [.. tensors.Select(tensor => TensorData.FromSingles(tensor.Name, Values(tensor.Name, tensor.Shape, random), tensor.Shape))]);
    }

    /// <summary>Gains near 1, biases near 0, and matrices that keep the size of what passes through them.</summary>
    private static float[] Values(string name, int[] shape, Random random)
    {
        bool isGain = shape.Length == 1 && name.EndsWith(".weight", StringComparison.Ordinal);
        double center = isGain ? 1 : 0;
        double deviation = shape.Length == 1 ? 0.1 : 0.7 / Math.Sqrt(shape.Min());
        var values = new float[shape.Aggregate(1, (product, size) => product * size)];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(center + (deviation * Normal(random)));
        return values;
    }

    /// <summary>A normal deviate, by the method of Box and Muller.</summary>
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static IEnumerable<(string Name, int[] Shape)> Gpt2Tensors(AuxiliaryDescription auxiliary)
    {
        int width = auxiliary.HiddenSize;
        int inner = auxiliary.IntermediateSize;
        yield return ("transformer.wte.weight", [auxiliary.VocabularySize, width]);
        yield return ("transformer.wpe.weight", [auxiliary.MaxPositionEmbeddings, width]);
        for (int layer = 0; layer < auxiliary.LayerCount; layer++)
        {
            string block = $"transformer.h.{layer}.";
            yield return (block + "ln_1.weight", [width]);
            yield return (block + "ln_1.bias", [width]);
            yield return (block + "attn.c_attn.weight", [width, 3 * width]);
            yield return (block + "attn.c_attn.bias", [3 * width]);
            yield return (block + "attn.c_proj.weight", [width, width]);
            yield return (block + "attn.c_proj.bias", [width]);
            yield return (block + "ln_2.weight", [width]);
            yield return (block + "ln_2.bias", [width]);
            yield return (block + "mlp.c_fc.weight", [width, inner]);
            yield return (block + "mlp.c_fc.bias", [inner]);
            yield return (block + "mlp.c_proj.weight", [inner, width]);
            yield return (block + "mlp.c_proj.bias", [width]);
        }

        yield return ("transformer.ln_f.weight", [width]);
        yield return ("transformer.ln_f.bias", [width]);
    }

    private static IEnumerable<(string Name, int[] Shape)> OptTensors(AuxiliaryDescription auxiliary)
    {
        // OPT keeps two rows in front of its position table.
        const int positionOffset = 2;
        int width = auxiliary.HiddenSize;
        int inner = auxiliary.IntermediateSize;
        yield return ("model.decoder.embed_tokens.weight", [auxiliary.VocabularySize, width]);
        yield return ("model.decoder.embed_positions.weight", [auxiliary.MaxPositionEmbeddings + positionOffset, width]);
        for (int layer = 0; layer < auxiliary.LayerCount; layer++)
        {
            string block = $"model.decoder.layers.{layer}.";
            foreach (string norm in new[] { "self_attn_layer_norm", "final_layer_norm" })
            {
                yield return ($"{block}{norm}.weight", [width]);
                yield return ($"{block}{norm}.bias", [width]);
            }

            foreach (string linear in new[] { "q_proj", "k_proj", "v_proj", "out_proj" })
            {
                yield return ($"{block}self_attn.{linear}.weight", [width, width]);
                yield return ($"{block}self_attn.{linear}.bias", [width]);
            }

            yield return (block + "fc1.weight", [inner, width]);
            yield return (block + "fc1.bias", [inner]);
            yield return (block + "fc2.weight", [width, inner]);
            yield return (block + "fc2.bias", [width]);
        }

        yield return ("model.decoder.final_layer_norm.weight", [width]);
        yield return ("model.decoder.final_layer_norm.bias", [width]);
    }

    private static string Gpt2Configuration(AuxiliaryDescription auxiliary) => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["model_type"] = "gpt2",
        ["vocab_size"] = auxiliary.VocabularySize,
        ["n_positions"] = auxiliary.MaxPositionEmbeddings,
        ["n_embd"] = auxiliary.HiddenSize,
        ["n_layer"] = auxiliary.LayerCount,
        ["n_head"] = auxiliary.HeadCount,
        ["n_inner"] = auxiliary.IntermediateSize,
        ["activation_function"] = auxiliary.Activation,
        ["layer_norm_epsilon"] = auxiliary.NormEpsilon,
    });

    private static string OptConfiguration(AuxiliaryDescription auxiliary) => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["model_type"] = "opt",
        ["vocab_size"] = auxiliary.VocabularySize,
        ["max_position_embeddings"] = auxiliary.MaxPositionEmbeddings,
        ["hidden_size"] = auxiliary.HiddenSize,
        ["num_hidden_layers"] = auxiliary.LayerCount,
        ["num_attention_heads"] = auxiliary.HeadCount,
        ["ffn_dim"] = auxiliary.IntermediateSize,
        ["activation_function"] = auxiliary.Activation,
        ["do_layer_norm_before"] = true,
    });
}
