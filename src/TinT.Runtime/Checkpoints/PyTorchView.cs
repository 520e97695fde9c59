namespace TinT.Runtime.Checkpoints;

/// <summary>A tensor as a pickle has it: a view of a storage, whose elements all lie in it.</summary>
/// <param name="Storage">The storage.</param>
/// <param name="Type">Type of the elements.</param>
/// <param name="Layout">Where they are, in elements from the beginning of the storage.</param>
internal sealed record PyTorchView(PyTorchStorage Storage, TensorType Type, StridedLayout Layout);
