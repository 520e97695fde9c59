namespace TinT.Runtime.Checkpoints;

/// <summary>One tensor of a <see cref="PyTorchFile"/>.</summary>
internal sealed class PyTorchTensor : CheckpointTensor
{
    private readonly PositionalFile file;
    private readonly PyTorchView view;
    private readonly StridedBlock block;
    private readonly StridedReader? strided;

    /// <summary>Describes a tensor.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="view">Where its elements are.</param>
    /// <param name="file">The file they are in.</param>
    /// <param name="block">Memory for tensors whose elements do not follow each other, shared by all of the file.</param>
    public PyTorchTensor(string name, PyTorchView view, PositionalFile file, StridedBlock block)
        : base(name, view.Type, view.Layout.Shape)
    {
        this.file = file;
        this.view = view;
        this.block = block;
        IReadOnlyList<(long Size, long Stride)> axes = view.Layout.Axes();
        if (ElementCount > 0 && axes is not ([] or [(_, 1)]))
            strided = new StridedReader(file, Begin, view.Type.SizeInBytes(), axes, block);
    }

    /// <inheritdoc/>
    internal override string Path => file.Path;

    /// <inheritdoc/>
    internal override CheckpointTensor? Transposed => view.Layout is { Shape: [var rows, var columns], Strides: [var down, var right] }
        ? new PyTorchTensor(Name, view with { Layout = view.Layout with { Shape = [columns, rows], Strides = [right, down] } }, file, block)
        : null;

    private long Begin => view.Storage.Member.Begin + (view.Layout.Offset * view.Type.SizeInBytes());

    /// <inheritdoc/>
    private protected override void ReadBytes(long offset, Span<byte> destination)
    {
        if (strided is null)
            file.Read(Begin + offset, destination);
        else
            strided.Read(offset, destination);
    }
}
