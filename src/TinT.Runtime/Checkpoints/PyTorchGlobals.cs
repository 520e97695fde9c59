using TinT.Runtime.Checkpoints.Pickle;
using static System.FormattableString;

namespace TinT.Runtime.Checkpoints;

/// <summary>The globals that a pickle of PyTorch may call for, and what stands in for each here. All others are refused.</summary>
internal static class PyTorchGlobals
{
    private const int MostAxes = 64;

    private static readonly (string Names, TensorType Type)[] types =
    [
        ("FloatStorage float32", TensorType.F32), ("HalfStorage float16", TensorType.F16), ("BFloat16Storage bfloat16", TensorType.BF16), ("DoubleStorage float64", TensorType.F64),
        ("LongStorage int64", TensorType.I64), ("IntStorage int32", TensorType.I32), ("ShortStorage int16", TensorType.I16), ("CharStorage int8", TensorType.I8),
        ("ByteStorage uint8", TensorType.U8), ("BoolStorage bool", TensorType.Bool), ("uint16", TensorType.U16), ("uint32", TensorType.U32), ("uint64", TensorType.U64),
        ("ComplexFloatStorage complex64", TensorType.C64), ("float8_e4m3fn", TensorType.F8E4M3), ("float8_e5m2", TensorType.F8E5M2),
        ("float8_e4m3fnuz", TensorType.F8E4M3Fnuz), ("float8_e5m2fnuz", TensorType.F8E5M2Fnuz), ("float8_e8m0fnu", TensorType.F8E8M0),
    ];

    private static readonly PickleFunction[] rebuilds =
    [
        new("torch._utils._rebuild_tensor", arguments => arguments is [PyTorchStorage storage, long offset, PickleTuple shape, PickleTuple strides]
            ? View(storage, storage.Type, offset, shape, strides, null) : throw Wrong("torch._utils._rebuild_tensor")),
        new("torch._utils._rebuild_tensor_v2", arguments => arguments is [PyTorchStorage storage, long offset, PickleTuple shape, PickleTuple strides, bool, _, .. var rest]
            && rest.Length < 2 ? View(storage, storage.Type, offset, shape, strides, rest.SingleOrDefault()) : throw Wrong("torch._utils._rebuild_tensor_v2")),
        new("torch._utils._rebuild_tensor_v3", arguments => arguments is [PyTorchStorage storage, long offset, PickleTuple shape, PickleTuple strides, bool, _, PyTorchType type, .. var rest]
            && rest.Length < 2 ? View(storage, type.Type, offset, shape, strides, rest.SingleOrDefault()) : throw Wrong("torch._utils._rebuild_tensor_v3")),
        new("torch._utils._rebuild_parameter", arguments => arguments is [PyTorchView view, bool, _] ? view : throw Wrong("torch._utils._rebuild_parameter")),
        new("torch._utils._rebuild_parameter_with_state", arguments => arguments is [PyTorchView view, bool, _, _] ? view : throw Wrong(
            "torch._utils._rebuild_parameter_with_state")),
    ];

    private static readonly PickleGlobal[] others =
    [
        new PickleFunction("collections.OrderedDict", arguments => arguments is [] ? new PickleDictionary() : throw Wrong("collections.OrderedDict")),
        new PickleFunction("torch.Size", arguments => arguments is [PickleTuple sizes] ? sizes : throw Wrong("torch.Size")),
        new PickleFunction("torch.device", arguments => arguments is [string or long, ..] ? new PickleTuple(arguments) : throw Wrong("torch.device")),

        // A subclass of tensors, or a tensor with attributes: what it is besides is left out.
        new PickleFunction("torch._tensor._rebuild_from_type_v2", arguments => arguments is [PickleFunction rebuild, PickleGlobal, PickleTuple inner, _] && rebuilds.Contains(rebuild)
            ? rebuild.Call(inner.Items) : throw Wrong("torch._tensor._rebuild_from_type_v2")),
        new PickleGlobal("torch.Tensor"),
        new PickleGlobal("torch.nn.parameter.Parameter"),
        new PyTorchType("torch.storage.UntypedStorage", null),
        new PyTorchType("torch.storage._UntypedStorage", null),
        new PyTorchType("torch.UntypedStorage", null),
    ];

    /// <summary>All, by name.</summary>
    public static IReadOnlyDictionary<string, PickleGlobal> All { get; } = types
        .SelectMany(row => row.Names.Split(' ').Select(PickleGlobal (name) => new PyTorchType($"torch.{name}", row.Type)))
        .Concat(rebuilds).Concat(others).ToDictionary(global => global.Name, StringComparer.Ordinal);

    private static PyTorchView View(PyTorchStorage storage, TensorType? type, long offset, PickleTuple shape, PickleTuple strides, object? metadata)
    {
        if (type is not { } known)
            throw new PickleException("has a tensor without a type");
        StridedLayout layout = new(offset, Numbers(shape, "sizes"), Numbers(strides, "strides"));
        if (layout.Shape.Count != layout.Strides.Count)
            throw Bad("which do not belong together");
        if (offset < 0 || layout.Shape.Concat(layout.Strides).Any(number => number < 0))
            throw Bad("of which none may be negative");
        Int128 bytes = known.SizeInBytes();
        foreach (long size in layout.Shape)
            bytes = Int128.Min(bytes * size, (Int128)long.MaxValue + 1);
        if (bytes > long.MaxValue)
            throw Bad("more elements than a file can hold");
        long stored = storage.Member.Length / known.SizeInBytes();
        if (layout.End > stored)
            throw Bad(Invariant($"which leaves its storage {CheckpointText.Quote(storage.Member.Name)} of {stored} elements"));
        if (metadata is PickleDictionary { Items: var flags } && flags.Any(flag => flag.Value is not false))
            throw new PickleException(
                "has a tensor whose elements are negated or conjugated when they are read", "save it with torch.resolve_neg and torch.resolve_conj");
        return new PyTorchView(storage, known, layout);

        PickleException Bad(string why) => new(Invariant(
            $"has a tensor of shape {CheckpointText.Shape(layout.Shape)}, strides {CheckpointText.Shape(layout.Strides)} and offset {offset}, {why}"));
    }

    private static long[] Numbers(PickleTuple tuple, string what)
    {
        if (tuple.Items.Length > MostAxes)
            throw new PickleException(Invariant($"has a tensor of {tuple.Items.Length} {what}, more than {MostAxes}"));
        return [.. tuple.Items.Select(item => item is long number ? number : throw new PickleException($"has a tensor with {what} that are no numbers"))];
    }

    private static PickleException Wrong(string name) => new($"calls '{name}' with arguments that it does not have");
}
