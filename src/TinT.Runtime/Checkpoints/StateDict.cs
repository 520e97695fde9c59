using TinT.Runtime.Checkpoints.Pickle;

namespace TinT.Runtime.Checkpoints;

/// <summary>Finds the tensors of a model in what a pickle of PyTorch made: the dictionary of them, or one in which training keeps it beside other things.</summary>
/// <param name="Holders">Keys that lead to the tensors, from the outermost; none if they are what was saved.</param>
/// <param name="Views">The tensors by name.</param>
/// <param name="Outer">The dictionary that was saved.</param>
internal sealed record StateDict(IReadOnlyList<string> Holders, IReadOnlyDictionary<string, PyTorchView> Views, OrderedDictionary<string, object?> Outer)
{
    /// <summary>Keys under which training scripts keep the model, the most telling first.</summary>
    private static readonly string[] holders = ["state_dict", "model_state_dict", "model", "module"];

    /// <summary>What wrappers of the model put before every name: that of <c>torch.compile</c> and that of data-parallel training.</summary>
    private static readonly string[] wrappers = ["_orig_mod.", "module."];

    /// <summary>Finds the tensors. Where a key leads to a model, tensors beside it, such as a loss, are none of its.</summary>
    /// <param name="saved">What was saved.</param>
    /// <exception cref="PickleException">There are none.</exception>
    public static StateDict Find(object? saved)
    {
        OrderedDictionary<string, object?> outer = (saved as PickleDictionary)?.ByText() ?? throw NoTensors("is no dictionary");
        OrderedDictionary<string, object?> inner = outer;
        List<string> path = [];
        while (holders.FirstOrDefault(key => inner.GetValueOrDefault(key) is PickleDictionary) is { } holder)
        {
            inner = ((PickleDictionary)inner[holder]!).ByText();
            path.Add(holder);
        }

        KeyValuePair<string, PyTorchView>[] views =
            [.. inner.Where(item => item.Value is PyTorchView).Select(item => new KeyValuePair<string, PyTorchView>(item.Key, (PyTorchView)item.Value!))];
        if (views.Length == 0)
            throw NoTensors(inner.Count == 0 ? "is an empty dictionary" : $"is a dictionary of {CheckpointText.QuoteAll([.. inner.Keys])} without any");
        foreach (string wrapper in wrappers.Where(wrapper => views.All(item => item.Key.StartsWith(wrapper, StringComparison.Ordinal))))
            views = [.. views.Select(item => new KeyValuePair<string, PyTorchView>(item.Key[wrapper.Length..], item.Value))];
        return new StateDict(path, new OrderedDictionary<string, PyTorchView>(views, StringComparer.Ordinal), outer);
    }

    private static PickleException NoTensors(string what) =>
        new($"{what}, where tensors by name are wanted", "save the tensors alone, with torch.save(model.state_dict(), 'pytorch_model.bin') or as safetensors");
}
