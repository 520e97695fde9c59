using TinT.Runtime.Checkpoints.Pickle;

namespace TinT.Runtime.Checkpoints;

/// <summary>A class of storages or a <c>dtype</c> of PyTorch.</summary>
/// <param name="Name">Module and name, with a dot between.</param>
/// <param name="Type">Type of the elements; <see langword="null"/> for bytes of which the tensor says the type.</param>
internal sealed record PyTorchType(string Name, TensorType? Type) : PickleGlobal(Name);
