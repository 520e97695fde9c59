using System.Globalization;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Cpu;
using TinT.Runtime.Simulation;

namespace TinT.Runtime.Parameters;

/// <summary>The auxiliary model's weights in the layout that its kernels read. Immutable once loaded.</summary>
public sealed class ParameterStore : IDisposable
{
    /// <summary>Source rows that are transposed at a time.</summary>
    private const int TransposedRows = 32;

    private ParameterStore(ParameterTable table)
    {
        Table = table;
        Weights = new NativeBuffer(table.StoredLength);
    }

    /// <summary>The layout.</summary>
    public ParameterTable Table { get; }

    /// <summary>The weights, <see cref="ParameterTable.StoredLength"/> floats.</summary>
    public NativeBuffer Weights { get; }

    /// <summary>Loads a Hugging Face model directory.</summary>
    /// <param name="directory">Folder with <c>config.json</c> and <c>model.safetensors</c> or its shards.</param>
    /// <param name="table">The layout.</param>
    /// <param name="auxiliary">The model that the layout belongs to.</param>
    /// <exception cref="CheckpointFormatException">The directory does not hold this model, or holds weights that are not finite.</exception>
    public static ParameterStore Load(string directory, ParameterTable table, AuxiliaryDescription auxiliary)
    {
        ArgumentNullException.ThrowIfNull(table);
        using HuggingFaceCheckpoint checkpoint = HuggingFaceCheckpoint.Open(directory, auxiliary);
        var store = new ParameterStore(table);
        try
        {
            foreach (ParameterBinding binding in table.Bindings)
            {
                for (int layer = 0; layer < table.Repetitions(binding); layer++)
                {
                    SafetensorsTensor tensor = checkpoint.Find(TensorName(binding, layer), binding.Shape);
                    Read(tensor, binding, store.Weights, table.StoredAt(binding, layer));

                    // The weights are there twice for one tensor at a time only.
                    tensor.Release();
                }
            }
        }
        catch
        {
            store.Dispose();
            throw;
        }

        return store;
    }

    /// <summary>New minus old value of every updated weight, by tensor, in the checkpoint's orientation.</summary>
    /// <param name="updated">Updated copies.</param>
    /// <param name="place">Index of the sequence among those that ran together.</param>
    /// <param name="trainedLayers">Trained layers of the run: the top ones.</param>
    public IReadOnlyList<WeightUpdate> Updates(UpdatedParameters updated, int place, int trainedLayers)
    {
        ArgumentNullException.ThrowIfNull(updated);
        var deltas = new Dictionary<string, WeightUpdate>(StringComparer.Ordinal);
        foreach (ParameterBinding binding in Table.Bindings.Where(ParameterTable.IsTrained))
        {
            int first = ParameterTable.IsPerLayer(binding) ? Table.Layers - trainedLayers : 0;
            for (int layer = first; layer < Table.Repetitions(binding); layer++)
            {
                string name = TensorName(binding, layer);
                if (!deltas.TryGetValue(name, out WeightUpdate? update))
                {
                    update = new WeightUpdate(name, binding.Shape, new float[binding.Shape.Aggregate(1, (a, b) => a * b)]);
                    deltas.Add(name, update);
                }

                MatrixView old = Weights.Matrix(Table.StoredAt(binding, layer), binding.Rows, binding.Columns);
                NativeBuffer copies = ParameterTable.IsPerSequence(binding) ? updated.Sequences : updated.Copies;
                MatrixView current = copies.Matrix(Table.UpdatedAt(binding, place, layer), binding.Rows, binding.Columns);
                WriteDelta(binding, old, current, update.Delta);
            }
        }

        return [.. deltas.Values.OrderBy(d => d.Name, StringComparer.Ordinal)];
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose() => Weights.Dispose();

    private static string TensorName(ParameterBinding binding, int layer) =>
        string.Format(CultureInfo.InvariantCulture, binding.Tensor, layer);

    private static void Read(SafetensorsTensor tensor, ParameterBinding binding, NativeBuffer weights, long offset)
    {
        MatrixView target = weights.Matrix(offset, binding.Rows, binding.Columns);
        if (binding.Diagonal)
        {
            var diagonal = new float[binding.Columns];
            tensor.CopyFiniteTo(diagonal);
            for (int row = 0; row < binding.Rows; row++)
            {
                target.Row(row).Clear();
                target.Row(row)[row] = diagonal[row];
            }
        }
        else if (binding.Transposed)
        {
            ReadTransposed(tensor, binding, target);
        }
        else
        {
            long first = binding.Shape.Length == 1 ? binding.FirstRow : (long)binding.FirstRow * binding.Columns;
            for (int row = 0; row < binding.Rows; row++)
                tensor.CopyFiniteTo(first + ((long)row * binding.Columns), target.Row(row));
        }
    }

    /// <summary>Some rows of the [in, out] tensor at a time, so that each write fills a stretch of an output row.</summary>
    private static void ReadTransposed(SafetensorsTensor tensor, ParameterBinding binding, MatrixView target)
    {
        int outputs = binding.Rows;
        var block = new float[TransposedRows * outputs];
        for (int input = 0; input < binding.Columns; input += TransposedRows)
        {
            int inputs = Math.Min(TransposedRows, binding.Columns - input);
            for (int i = 0; i < inputs; i++)
                tensor.CopyFiniteTo(((long)(input + i) * binding.Shape[1]) + binding.FirstRow, block.AsSpan(i * outputs, outputs));
            for (int output = 0; output < outputs; output++)
            {
                Span<float> row = target.Row(output).Slice(input, inputs);
                for (int i = 0; i < row.Length; i++)
                    row[i] = block[(i * outputs) + output];
            }
        }
    }

    private static void WriteDelta(ParameterBinding binding, MatrixView old, MatrixView current, float[] delta)
    {
        for (int row = 0; row < binding.Rows; row++)
        {
            ReadOnlySpan<float> before = old.Row(row);
            ReadOnlySpan<float> after = current.Row(row);
            if (binding.Diagonal)
            {
                delta[row] = after[row] - before[row];
                continue;
            }

            for (int column = 0; column < binding.Columns; column++)
            {
                long index = binding.Transposed
                    ? ((long)column * binding.Shape[1]) + binding.FirstRow + row
                    : (binding.Shape.Length == 1 ? binding.FirstRow : ((long)(binding.FirstRow + row) * binding.Columns)) + column;
                delta[index] = after[column] - before[column];
            }
        }
    }
}
