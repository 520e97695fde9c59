using System.IO.Enumeration;

namespace TinT.Runtime.Checkpoints;

/// <summary>Tells what a directory without weights that are read holds instead, and how to convert it.</summary>
internal static class ForeignWeights
{
    /// <summary>The first kind of which there is a file is told; a file in front is a closer kin of what is wanted.</summary>
    private static readonly (string Pattern, string What, string Mend)[] kinds =
    [
        ("model-?????-of-?????.safetensors", "shards, but model.safetensors.index.json, which says what lies in which, is missing", "download it into this directory"),
        ("pytorch_model-?????-of-?????.bin", "shards, but pytorch_model.bin.index.json, which says what lies in which, is missing", "download it into this directory"),
        ("adapter_model.*", "an adapter (PEFT), not a model", "merge it into its base model with merge_and_unload() of peft and save_pretrained('.')"),
        ("*.safetensors", "weights under another name than model.safetensors", "rename the file to model.safetensors if it holds the model"),
        ("*.bin", "a file under another name than pytorch_model.bin", "rename the file to pytorch_model.bin if it holds the model"),
        ("ckpt*.pt", "a training checkpoint under another name than ckpt.pt", "rename the file to ckpt.pt if it is one of nanoGPT"),
        ("consolidated.*.pth", "weights of LLaMA as Meta publishes them, under other names and with the rows of queries and keys in another order", "download the model in the layout of transformers, or convert it with convert_llama_weights_to_hf.py of transformers"),
        ("*.pt", "a file of PyTorch under another name than pytorch_model.bin", "rename the file to pytorch_model.bin if it holds the model by the names of transformers"),
        ("*.pth", "a file of PyTorch under another name than pytorch_model.bin", "rename the file to pytorch_model.bin if it holds the model by the names of transformers"),
        ("tf_model*.h5", "weights of TensorFlow", "convert them, with transformers 4 and TensorFlow installed, with " + SaveAgain(", from_tf=True")),
        ("flax_model*.msgpack", "weights of Flax", "convert them, with transformers 4 and Flax installed, with " + SaveAgain(", from_flax=True")),
        ("*.ckpt.index", "a checkpoint of TensorFlow 1", "convert it with the script convert_gpt2_original_tf_checkpoint_to_pytorch.py of transformers 4"),
        ("*.gguf", "weights of llama.cpp (GGUF)", "download the model that they were made of, with config.json and safetensors"),
        ("*.onnx", "an ONNX graph", "download the model that it was made of"),
    ];

    /// <summary>What there is instead and how to mend it, or that there is nothing.</summary>
    /// <param name="directory">The model directory.</param>
    /// <param name="missing">The files that are not there.</param>
    public static CheckpointFormatException Missing(string directory, string missing)
    {
        string[] files = CheckpointFiles.Read(
            directory, () => Directory.GetFiles(directory).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).ToArray());
        foreach ((string pattern, string what, string mend) in kinds)
        {
            string[] found = [.. files.Where(file => FileSystemName.MatchesSimpleExpression(pattern, file))];
            if (found.Length > 0)
                return new CheckpointFormatException(
                    $"{directory}: there is {missing}; {CheckpointText.QuoteAll(found)} {(found.Length == 1 ? "is" : "are")} there: {what}; {mend}.");
        }

        return new CheckpointFormatException($"{directory}: there is {missing}; download the model into this directory.");
    }

    private static string SaveAgain(string arguments) =>
        $"python -c \"from transformers import AutoModelForCausalLM; AutoModelForCausalLM.from_pretrained('.'{arguments}).save_pretrained('.')\" in this directory";
}
