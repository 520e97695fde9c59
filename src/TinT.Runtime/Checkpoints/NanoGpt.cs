using TinT.Runtime.Checkpoints.Pickle;
using static System.FormattableString;

namespace TinT.Runtime.Checkpoints;

/// <summary>
/// Training checkpoints of nanoGPT and of code like it: GPT-2 by the names of <c>transformers</c>, but with linear weights as [outputs, inputs], and sizes in
/// <c>model_args</c> instead of a <c>config.json</c>.
/// </summary>
internal static class NanoGpt
{
    /// <summary>What the file is called.</summary>
    public const string FileName = "ckpt.pt";

    private const string Arguments = "model_args";

    /// <summary>Sizes, by the names of <c>config.json</c>.</summary>
    private static readonly (string Argument, string Field)[] sizes =
        [("vocab_size", "vocab_size"), ("block_size", "n_positions"), ("n_embd", "n_embd"), ("n_layer", "n_layer"), ("n_head", "n_head")];

    /// <summary>Whether a file is one.</summary>
    /// <param name="state">What was saved.</param>
    public static bool IsOf(StateDict state) => state.Holders is ["model"] && state.Outer.GetValueOrDefault(Arguments) is PickleDictionary;

    /// <summary>Says which configuration a directory with such a file lacks.</summary>
    /// <param name="directory">The directory, without <c>config.json</c>.</param>
    /// <returns>What to do, or <see langword="null"/> if there is no such file.</returns>
    /// <exception cref="CheckpointFormatException">The file cannot be read.</exception>
    public static string? Configuration(string directory)
    {
        string path = Path.Combine(directory, FileName);
        if (WeightsPlace.Find(directory)?.Path != path)
            return null;
        using PyTorchFile file = PyTorchFile.Open(path);
        if (!IsOf(file.StateDict))
            return null;
        OrderedDictionary<string, object?> arguments = ((PickleDictionary)file.StateDict.Outer[Arguments]!).ByText();
        IEnumerable<string> fields = from size in sizes where arguments.GetValueOrDefault(size.Argument) is long select Invariant(
            $"\"{size.Field}\": {arguments[size.Argument]}");
        return $"write {{\"model_type\": \"gpt2\", {string.Join(", ", fields)}, \"activation_function\": \"gelu\"}} into it, which is what {FileName} says of its model, with \"gelu_new\" if the model.py that trained it had new_gelu";
    }
}
