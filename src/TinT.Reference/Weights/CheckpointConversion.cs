using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TinT.Model;
using TinT.Model.Architectures;
using TinT.Model.Parameters;
using TinT.Runtime.Checkpoints;

namespace TinT.Reference.Weights;

/// <summary>Parameter tensors from, and their changes to, the names and orientation of a checkpoint.</summary>
internal static class CheckpointConversion<T>
    where T : IFloatingPointIeee754<T>
{
    /// <summary>A reader of parameter tensors for <see cref="AuxiliaryModel{T}"/>.</summary>
    /// <param name="checkpoint">The checkpoint, open while the reader is used.</param>
    /// <param name="description">Shape of the model.</param>
    public static Func<ParameterKind, int, T[]> Read(HuggingFaceCheckpoint checkpoint, AuxiliaryDescription description)
    {
        Model.Architectures.Architecture architecture = description.Family();
        return (kind, layer) =>
        {
            StoredTensor tensor = architecture.TensorOf(description, kind);
            T[] values = TakePart(tensor, kind, description, ReadFinite(checkpoint.Find(tensor.NameIn(layer), tensor.Shape(description))));
            TensorPrimitives.Add(values, T.CreateChecked(tensor.Offset), values);
            return values;
        };
    }

    /// <summary>The changes of the selected tensors.</summary>
    /// <param name="before">The model before.</param>
    /// <param name="after">The model after.</param>
    /// <param name="selection">The trained tensors.</param>
    /// <returns>One update per checkpoint tensor that holds a trained tensor; untrained parts of it are 0.</returns>
    public static IReadOnlyList<ReferenceWeightUpdate<T>> Updates(AuxiliaryModel<T> before, AuxiliaryModel<T> after, ParameterSelection selection)
    {
        AuxiliaryDescription description = before.Description;
        List<ReferenceWeightUpdate<T>> updates = [];
        foreach (StoredTensor tensor in description.Tensors())
        {
            foreach (int layer in tensor.Layers(description))
            {
                if (!tensor.Parts.Any(kind => selection.Includes(kind, layer)))
                    continue;
                int[] shape = tensor.Shape(description);
                T[] delta = new T[shape.Aggregate(1, (product, size) => product * size)];
                foreach (ParameterKind kind in tensor.Parts.Where(kind => selection.Includes(kind, layer)))
                    PutPart(tensor, kind, description, Change(kind, layer), delta);
                updates.Add(new ReferenceWeightUpdate<T>(tensor.NameIn(layer), shape, delta));
            }
        }

        return updates;

        T[] Change(ParameterKind kind, int layer)
        {
            T[] change = new T[before.Values(kind, layer).Length];
            TensorPrimitives.Subtract<T>(after.Values(kind, layer), before.Values(kind, layer), change);
            return change;
        }
    }

    /// <summary>The parameter tensors that the updates of a run hold, untrained parts included.</summary>
    /// <param name="updates">Changes of checkpoint tensors.</param>
    /// <param name="description">Shape of the model.</param>
    /// <exception cref="ArgumentException">An update is not one of the architecture's tensors.</exception>
    public static IEnumerable<ParameterTensor<T>> Split(IEnumerable<ReferenceWeightUpdate<T>> updates, AuxiliaryDescription description)
    {
        Dictionary<string, (StoredTensor Tensor, int Layer)> table = description.Tensors()
            .SelectMany(tensor => tensor.Layers(description).Select(layer => (tensor, layer)))
            .ToDictionary(place => place.tensor.NameIn(place.layer), StringComparer.Ordinal);
        foreach (ReferenceWeightUpdate<T> update in updates)
        {
            if (!table.TryGetValue(update.Name, out (StoredTensor Tensor, int Layer) place))
                throw new ArgumentException($"A checkpoint of the architecture {description.Architecture} has no tensor '{update.Name}'.", nameof(updates));
            foreach (ParameterKind kind in place.Tensor.Parts)
                yield return new ParameterTensor<T>(kind, place.Layer, TakePart(place.Tensor, kind, description, update.Delta));
        }
    }

    private static T[] TakePart(StoredTensor tensor, ParameterKind kind, AuxiliaryDescription description, T[] stored)
    {
        (int rows, int columns) = ParameterRoles.Of(kind).Shape(description);
        T[] values = new T[rows * columns];
        Visit(tensor, kind, description, (inModel, inCheckpoint) => values[inModel] = stored[inCheckpoint]);
        return values;
    }

    private static void PutPart(StoredTensor tensor, ParameterKind kind, AuxiliaryDescription description, T[] values, T[] stored)
    {
        Visit(tensor, kind, description, (inModel, inCheckpoint) => stored[inCheckpoint] = values[inModel]);
    }

    /// <summary>Calls back with every element's index in the model's tensor and in the checkpoint's.</summary>
    private static void Visit(StoredTensor tensor, ParameterKind kind, AuxiliaryDescription description, Action<int, int> element)
    {
        ParameterRole role = ParameterRoles.Of(kind);
        (int rows, int columns) = role.Shape(description);
        StoredRows stored = tensor.RowsOf(description, kind);
        if (!role.IsMatrix)
            (rows, columns) = (columns, 1);
        int storedColumns = tensor.Transposed ? tensor.Shape(description)[1] : columns;
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                element((row * columns) + column, tensor.Transposed ? (column * storedColumns) + stored.Of(row) : (stored.Of(row) * storedColumns) + column);
        }
    }

    /// <summary>Reads part of a tensor.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="first">Its first element to read.</param>
    /// <param name="elements">Receives the elements.</param>
    /// <exception cref="CheckpointFormatException">The tensor cannot be read, or holds a NaN or infinity.</exception>
    public static void ReadFinite(CheckpointTensor tensor, long first, Span<T> elements)
    {
        if (typeof(T) == typeof(float))
            tensor.CopyFiniteTo(first, MemoryMarshal.CreateSpan(ref Unsafe.As<T, float>(ref MemoryMarshal.GetReference(elements)), elements.Length));
        else if (typeof(T) == typeof(double))
            tensor.CopyFiniteTo(first, MemoryMarshal.CreateSpan(ref Unsafe.As<T, double>(ref MemoryMarshal.GetReference(elements)), elements.Length));
        else
            throw new NotSupportedException($"The reference computes in float and double, not in {typeof(T)}.");
    }

    private static T[] ReadFinite(CheckpointTensor tensor)
    {
        T[] values = new T[tensor.ElementCount];
        ReadFinite(tensor, 0, values);
        return values;
    }
}
