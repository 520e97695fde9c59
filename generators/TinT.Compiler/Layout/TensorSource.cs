using TinT.Model.Architectures;

namespace TinT.Compiler.Layout;

/// <summary>Where a module's weight or bias lies in a Hugging Face checkpoint.</summary>
/// <param name="Tensor">Tensor name; <c>{0}</c> stands for the layer.</param>
/// <param name="Shape">Its shape; a vector has one axis.</param>
/// <param name="Transposed">Whether the matrix is stored [in, out].</param>
/// <param name="Rows">Which of its outputs belong to the module, for tensors that hold several.</param>
/// <param name="Added">What is added to what is stored.</param>
/// <param name="Outputs">Outputs of the module.</param>
public sealed record TensorSource(string Tensor, EquatableArray<int> Shape, bool Transposed, StoredRows Rows, float Added, int Outputs);
