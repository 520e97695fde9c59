using TinT.Model;
using TinT.Model.Parameters;
using TinT.Reference;
using TinT.Reference.Weights;

namespace TinT.Agreement.Comparison;

/// <summary>The change of each parameter tensor in one sequence.</summary>
internal sealed class TensorChanges
{
    private readonly Dictionary<(ParameterKind Kind, int Layer), double[]> changes;

    private TensorChanges(Dictionary<(ParameterKind Kind, int Layer), double[]> changes) => this.changes = changes;

    /// <summary>Tensors that changed or could have.</summary>
    public IEnumerable<(ParameterKind Kind, int Layer)> Tensors => changes.Keys;

    /// <summary>The changes of each sequence of a result.</summary>
    public static IReadOnlyList<TensorChanges> Of(ReferenceResult<double> result, AuxiliaryDescription auxiliary) =>
        [.. result.WeightUpdates.Select(updates => new TensorChanges(
            CheckpointConversion<double>.Split(updates, auxiliary).ToDictionary(tensor => (tensor.Kind, tensor.Layer), tensor => tensor.Values)))];

    /// <summary>The change of a tensor; empty if it is not among them.</summary>
    public double[] Of((ParameterKind Kind, int Layer) tensor) => changes.GetValueOrDefault(tensor, []);
}
