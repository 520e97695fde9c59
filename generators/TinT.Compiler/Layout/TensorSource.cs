namespace TinT.Compiler.Layout;

/// <summary>Where a module's weight or bias lies in a Hugging Face checkpoint.</summary>
/// <param name="Tensor">Tensor name; <c>{0}</c> stands for the layer.</param>
/// <param name="Rows">First dimension of the tensor; 1 for a vector.</param>
/// <param name="Columns">Last dimension of the tensor.</param>
/// <param name="Vector">Whether the tensor has one dimension.</param>
/// <param name="Transposed">Whether the matrix is stored [in, out].</param>
/// <param name="FirstRow">First output row that belongs to the module, for tensors that hold several.</param>
public sealed record TensorSource(string Tensor, int Rows, int Columns, bool Vector, bool Transposed, int FirstRow);
