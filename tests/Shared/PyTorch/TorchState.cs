namespace TinT.Tests.Common;

/// <summary>A state dict to be saved: tensors by name, each a view of a storage.</summary>
internal sealed class TorchState
{
    private readonly PickleWriter pickle;
    private readonly List<(string Key, byte[] Data)> storages = [];

    /// <summary>Begins one.</summary>
    /// <param name="before">What comes before the dictionary, such as one that holds it.</param>
    public TorchState(Action<PickleWriter>? before = null)
    {
        pickle = new PickleWriter();
        before?.Invoke(pickle);
        pickle.Global("collections", "OrderedDict").Op(")R(");
    }

    /// <summary>Adds a storage.</summary>
    /// <param name="data">Its bytes.</param>
    /// <returns>Its key.</returns>
    public string Store(byte[] data)
    {
        storages.Add(($"{storages.Count}", data));
        return storages[^1].Key;
    }

    /// <summary>Adds a storage of singles.</summary>
    public string Store(params float[] elements)
    {
        byte[] data = new byte[elements.Length * sizeof(float)];
        Buffer.BlockCopy(elements, 0, data, 0, data.Length);
        return Store(data);
    }

    /// <summary>Adds a view of a storage of singles.</summary>
    public TorchState Add(string name, string key, long offset, long[] shape, long[] strides) =>
        Add(name, "FloatStorage", sizeof(float), key, offset, shape, strides);

    /// <summary>Adds a view of a storage.</summary>
    public TorchState Add(string name, string storageType, int elementSize, string key, long offset, IEnumerable<long> shape, IEnumerable<long> strides)
    {
        long length = storages.Single(storage => storage.Key == key).Data.Length / elementSize;
        pickle.Text(name).Tensor(storageType, key, length, offset, shape, strides);
        return this;
    }

    /// <summary>Adds a tensor of singles with a storage of its own.</summary>
    public TorchState Add(string name, float[] elements, params long[] shape) => Add(name, Store(elements), 0, shape, RowMajor(shape));

    /// <summary>The archive.</summary>
    /// <param name="after">What comes behind the dictionary.</param>
    public byte[] ToArray(Action<PickleWriter>? after = null)
    {
        pickle.Op("u");
        after?.Invoke(pickle);
        return TorchArchive.Of(pickle.ToArray(), storages);
    }

    /// <summary>Strides of a tensor whose elements follow each other.</summary>
    public static long[] RowMajor(IReadOnlyList<long> shape)
    {
        long[] strides = new long[shape.Count];
        long stride = 1;
        for (int axis = shape.Count - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }

        return strides;
    }
}
