using System.Buffers;
using System.ComponentModel;
using System.Globalization;
using TinT.Model;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Simulation;

namespace TinT.Runtime.Parameters;

/// <summary>The auxiliary model's weights in the layout that its kernels read. Immutable once loaded.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ParameterStore : IDisposable
{
    private readonly ParameterTable stored;

    /// <summary>Makes room for weights, zero at first.</summary>
    /// <param name="table">The layout.</param>
    /// <param name="storage">How matrices are stored.</param>
    public ParameterStore(ParameterTable table, WeightStorage storage = WeightStorage.SinglePrecision)
    {
        ArgumentNullException.ThrowIfNull(table);
        Table = table;
        Storage = storage;
        stored = table.For(storage);
        Weights = new NativeBuffer(stored.StoredLength);
    }

    /// <summary>The layout, in singles.</summary>
    public ParameterTable Table { get; }

    /// <summary>How matrices are stored; biases and gains are singles.</summary>
    public WeightStorage Storage { get; }

    /// <summary>The weights, <see cref="ParameterTable.StoredLength"/> floats of the table for the storage.</summary>
    public NativeBuffer Weights { get; }

    /// <summary>Loads a Hugging Face model directory.</summary>
    /// <param name="directory">Folder with <c>config.json</c> and weights.</param>
    /// <param name="table">The layout.</param>
    /// <param name="auxiliary">The model that the layout belongs to.</param>
    /// <param name="storage">How matrices are stored. They are rounded to it some rows at a time, to nearest, ties to even.</param>
    /// <param name="progress">Told how far loading is, after each tensor.</param>
    /// <exception cref="CheckpointFormatException">
    /// The directory does not hold this model, or holds weights that are not finite or larger than the storage has numbers for.
    /// </exception>
    public static ParameterStore Load(
        string directory,
        ParameterTable table,
        AuxiliaryDescription auxiliary,
        WeightStorage storage = WeightStorage.SinglePrecision,
        IProgress<LoadingProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        using HuggingFaceCheckpoint checkpoint = HuggingFaceCheckpoint.Open(directory, auxiliary);
        var store = new ParameterStore(table, storage);
        try
        {
            long loaded = 0, total = table.Bindings.Sum(binding => store.BytesOf(binding) * table.Repetitions(binding));
            foreach (ParameterBinding binding in table.Bindings)
            {
                for (int layer = 0; layer < table.Repetitions(binding); layer++)
                {
                    CheckpointTensor tensor = checkpoint.Find(TensorName(binding, layer), binding.Shape);
                    ParameterReader.Read(tensor, binding, store.Matrix(binding, layer));
                    loaded += store.BytesOf(binding);
                    progress?.Report(new LoadingProgress(loaded, total));
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

    /// <summary>A layer's untrained parameters.</summary>
    /// <param name="layer">The layer.</param>
    public ParameterBlock Block(int layer) => new(Weights, stored.BlockAt(layer), Table.BlockMatrices, Storage);

    /// <summary>A layer's trained parameters.</summary>
    /// <param name="layer">The layer.</param>
    public ParameterBlock TrainedBlock(int layer) => new(Weights, stored.TrainedBlockAt(layer), Table.TrainedBlockMatrices, Storage);

    /// <summary>The untrained parameters outside the layers.</summary>
    public ParameterBlock Model() => new(Weights, 0, Table.ModelMatrices, Storage);

    /// <summary>The trained parameters outside the layers.</summary>
    public ParameterBlock TrainedModel() => new(Weights, stored.TrainedModelAt(), Table.TrainedModelMatrices, Storage);

    /// <summary>A layer's parameters that each sequence trains for itself.</summary>
    /// <param name="layer">The layer.</param>
    public ParameterBlock SequenceBlock(int layer) => new(Weights, stored.SequenceBlockAt(layer));

    /// <summary>The parameters outside the layers that each sequence trains for itself.</summary>
    public ParameterBlock SequenceModel() => new(Weights, stored.SequenceModelAt());

    /// <summary>New minus old value of every updated weight, by tensor, in the checkpoint's orientation. Old values are those that are stored.</summary>
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

                WriteDelta(binding, Matrix(binding, layer), Updated(updated, binding, place, layer), update.Delta);
            }
        }

        return [.. deltas.Values.OrderBy(d => d.Name, StringComparer.Ordinal)];
    }

    /// <summary>These weights with the updated ones in place of theirs, all in singles.</summary>
    /// <param name="updated">Updated copies, those of the first sequence; <see langword="null"/> for none.</param>
    /// <param name="trainedLayers">Trained layers of the run: the top ones.</param>
    public ParameterStore Copy(UpdatedParameters? updated, int trainedLayers)
    {
        var copy = new ParameterStore(Table, WeightStorage.SinglePrecision);
        try
        {
            foreach (ParameterBinding binding in Table.Bindings)
            {
                bool trained = updated is not null && ParameterTable.IsTrained(binding);
                for (int layer = 0; layer < Table.Repetitions(binding); layer++)
                {
                    bool moved = trained && (!ParameterTable.IsPerLayer(binding) || layer >= Table.Layers - trainedLayers);
                    WeightView source = moved ? Updated(updated!, binding, place: 0, layer) : Matrix(binding, layer);
                    MatrixView target = copy.Matrix(binding, layer).AsMatrix();
                    for (int row = 0; row < binding.Rows; row++)
                        source.CopyRow(row, target.Row(row));
                }
            }
        }
        catch
        {
            copy.Dispose();
            throw;
        }

        return copy;
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose() => Weights.Dispose();

    private static string TensorName(ParameterBinding binding, int layer) =>
        string.Format(CultureInfo.InvariantCulture, binding.Tensor, layer);

    private long BytesOf(ParameterBinding binding) => (long)binding.Rows * binding.Columns * Matrix(binding, 0).ElementSize;

    private WeightView Matrix(ParameterBinding binding, int layer)
    {
        ParameterBlock block = binding.Region switch
        {
            ParameterRegion.Model => Model(),
            ParameterRegion.Block => Block(layer),
            ParameterRegion.TrainedBlock => TrainedBlock(layer),
            ParameterRegion.TrainedModel => TrainedModel(),
            ParameterRegion.SequenceBlock => SequenceBlock(layer),
            ParameterRegion.SequenceModel => SequenceModel(),
            _ => throw new InvalidOperationException($"There is no region {binding.Region}."),
        };
        return block.Matrix(binding.Offset, binding.Rows, binding.Columns);
    }

    private MatrixView Updated(UpdatedParameters updated, ParameterBinding binding, int place, int layer)
    {
        NativeBuffer copies = ParameterTable.IsPerSequence(binding) ? updated.Sequences : updated.Copies;
        return copies.Matrix(Table.UpdatedAt(binding, place, layer), binding.Rows, binding.Columns);
    }

    private static void WriteDelta(ParameterBinding binding, WeightView old, MatrixView current, float[] delta)
    {
        float[] row = ArrayPool<float>.Shared.Rent(binding.Columns);
        Span<float> before = row.AsSpan(0, binding.Columns);
        for (int index = 0; index < binding.Rows; index++)
        {
            old.CopyRow(index, before);
            WriteDelta(binding, index, before, current.Row(index), delta);
        }

        ArrayPool<float>.Shared.Return(row);
    }

    private static void WriteDelta(ParameterBinding binding, int row, ReadOnlySpan<float> before, ReadOnlySpan<float> after, float[] delta)
    {
        if (binding.Diagonal)
        {
            delta[row] = after[row] - before[row];
            return;
        }

        for (int column = 0; column < binding.Columns; column++)
        {
            long index = binding.Transposed ? ((long)column * binding.Shape[1]) + binding.SourceOf(row)
                : binding.Shape.Length == 1 ? binding.SourceOf(column)
                : ((long)binding.SourceOf(row) * binding.Columns) + column;
            delta[index] = after[column] - before[column];
        }
    }
}
