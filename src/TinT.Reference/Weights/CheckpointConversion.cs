using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Simulation;

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
        IReadOnlyList<CheckpointTensor> table = CheckpointTensors.Of(description.Architecture);
        return (kind, layer) =>
        {
            CheckpointTensor tensor = table.First(candidate => candidate.Parts.Contains(kind));
            int[] shape = ShapeOf(tensor, description);
            T[] stored = ReadFinite(checkpoint.Find(NameOf(tensor, layer), shape));
            return TakePart(tensor, kind, description, stored);
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
        foreach (CheckpointTensor tensor in CheckpointTensors.Of(description.Architecture))
        {
            (int first, int last) = tensor.IsInLayers ? (0, description.LayerCount - 1) : (-1, -1);
            for (int layer = first; layer <= last; layer++)
            {
                if (!tensor.Parts.Any(kind => selection.Includes(kind, layer)))
                    continue;
                int[] shape = ShapeOf(tensor, description);
                T[] delta = new T[shape.Aggregate(1, (product, size) => product * size)];
                foreach (ParameterKind kind in tensor.Parts.Where(kind => selection.Includes(kind, layer)))
                    PutPart(tensor, kind, description, Change(kind, layer), delta);
                updates.Add(new ReferenceWeightUpdate<T>(NameOf(tensor, layer), shape, delta));
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

    private static string NameOf(CheckpointTensor tensor, int layer) => string.Format(CultureInfo.InvariantCulture, tensor.Name, layer);

    /// <summary>Shape in the checkpoint; a vector has one axis.</summary>
    private static int[] ShapeOf(CheckpointTensor tensor, AuxiliaryDescription description)
    {
        (int rows, int columns) = ParameterShapes.Of(description, tensor.Parts[0]);
        int parts = tensor.Parts.Length;
        if (tensor.Transposed)
            return [columns, rows * parts];
        return rows == 1 ? [columns * parts] : [rows * parts, columns];
    }

    private static T[] TakePart(CheckpointTensor tensor, ParameterKind kind, AuxiliaryDescription description, T[] stored)
    {
        (int rows, int columns) = ParameterShapes.Of(description, kind);
        T[] values = new T[rows * columns];
        Visit(tensor, kind, rows, columns, (inModel, inCheckpoint) => values[inModel] = stored[inCheckpoint]);
        return values;
    }

    private static void PutPart(CheckpointTensor tensor, ParameterKind kind, AuxiliaryDescription description, T[] values, T[] stored)
    {
        (int rows, int columns) = ParameterShapes.Of(description, kind);
        Visit(tensor, kind, rows, columns, (inModel, inCheckpoint) => stored[inCheckpoint] = values[inModel]);
    }

    /// <summary>Calls back with every element's index in the model's tensor and in the checkpoint's.</summary>
    private static void Visit(CheckpointTensor tensor, ParameterKind kind, int rows, int columns, Action<int, int> element)
    {
        int part = Array.IndexOf(tensor.Parts, kind);
        int storedColumns = rows * tensor.Parts.Length;
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                int index = row * columns + column;
                element(index, tensor.Transposed ? column * storedColumns + part * rows + row : part * rows * columns + index);
            }
        }
    }

    private static T[] ReadFinite(SafetensorsTensor tensor)
    {
        T[] values = new T[tensor.ElementCount];
        switch (values)
        {
            case float[] singles:
                tensor.CopyFiniteTo(singles);
                break;
            case double[] doubles:
                tensor.CopyFiniteTo(doubles);
                break;
            default:
                throw new NotSupportedException($"The reference computes in float and double, not in {typeof(T)}.");
        }

        return values;
    }
}
