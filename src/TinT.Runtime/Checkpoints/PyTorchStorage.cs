namespace TinT.Runtime.Checkpoints;

/// <summary>A storage: the elements that tensors are views of.</summary>
/// <param name="Member">Where they lie.</param>
/// <param name="Type">Type of the elements; <see langword="null"/> for bytes of which the tensor says the type.</param>
internal sealed record PyTorchStorage(ArchiveMember Member, TensorType? Type);
