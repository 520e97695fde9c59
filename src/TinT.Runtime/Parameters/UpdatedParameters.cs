using System.ComponentModel;
using TinT.Runtime.Cpu.Memory;

namespace TinT.Runtime.Parameters;

/// <summary>Updated copies of trained parameters, singles however the weights are stored: of matrices and their biases one copy, of norms' biases one for each sequence.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class UpdatedParameters : IDisposable
{
    private readonly ParameterTable table;

    /// <summary>Reserves nothing yet.</summary>
    /// <param name="table">The layout.</param>
    public UpdatedParameters(ParameterTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        this.table = table;
        Copies = new NativeBuffer(0);
        Sequences = new NativeBuffer(0);
    }

    /// <summary>Copies of the trained parameters of layers and model, <see cref="ParameterTable.UpdatedLength"/> floats once reserved.</summary>
    public NativeBuffer Copies { get; private set; }

    /// <summary>Copies that each sequence has, <see cref="ParameterTable.SequenceLength"/> floats each.</summary>
    public NativeBuffer Sequences { get; private set; }

    /// <summary>The updated parameters of a trained layer.</summary>
    /// <param name="layer">The layer.</param>
    public ParameterBlock TrainedBlock(int layer) => new(Copies, table.UpdatedBlockAt(layer));

    /// <summary>The updated parameters outside the layers.</summary>
    public ParameterBlock TrainedModel() => new(Copies, table.UpdatedModelAt());

    /// <summary>What a sequence has updated for itself in a trained layer.</summary>
    /// <param name="place">Index of the sequence among those that ran together.</param>
    /// <param name="layer">The layer.</param>
    public ParameterBlock SequenceBlock(int place, int layer) => new(Sequences, table.UpdatedSequenceBlockAt(place, layer));

    /// <summary>What a sequence has updated for itself outside the layers.</summary>
    /// <param name="place">Index of the sequence among those that ran together.</param>
    public ParameterBlock SequenceModel(int place) => new(Sequences, table.UpdatedSequenceModelAt(place));

    /// <summary>Makes room; what was there before may be lost.</summary>
    /// <param name="sequences">Sequences that run together.</param>
    /// <param name="copies">Whether the copies of matrices are wanted.</param>
    public void Reserve(int sequences, bool copies)
    {
        if (copies)
            Copies = Grown(Copies, table.UpdatedLength);
        Sequences = Grown(Sequences, table.SequenceLength * sequences);
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        Copies.Dispose();
        Sequences.Dispose();
    }

    private static NativeBuffer Grown(NativeBuffer buffer, long length)
    {
        if (length <= buffer.Length)
            return buffer;
        buffer.Dispose();
        return new NativeBuffer(length);
    }
}
