using TinT.Reference;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Simulation;

namespace TinT.Cli.Jobs;

/// <summary>What a run computed, whatever computed it.</summary>
/// <param name="Tensors">Tensors for the file.</param>
/// <param name="LossesBefore">Loss of each sequence in the initial pass, nats per token.</param>
/// <param name="LossesAfter">Loss of each sequence after the inner steps.</param>
/// <param name="NonFinite">The first value that is not finite, for each sequence that has any.</param>
internal sealed record RunOutcome(
    IReadOnlyList<TensorData> Tensors, IReadOnlyList<double> LossesBefore, IReadOnlyList<double> LossesAfter, IReadOnlyList<NonFiniteValue> NonFinite)
{
    /// <summary>
    /// Texts for the header of the file: <c>non_finite</c> with a sentence for each sequence that has values which are not finite, one in a line, if there are any.
    /// </summary>
    public IReadOnlyDictionary<string, string> Metadata => NonFinite.Count == 0
        ? new Dictionary<string, string>()
        : new Dictionary<string, string> { ["non_finite"] = string.Join('\n', NonFinite) };

    /// <summary>Of a compiled simulator.</summary>
    public static RunOutcome Of(SimulationResult result) => new(
        ResultTensors.Of(result),
        [.. result.LossesBefore.Select(loss => (double)loss)],
        [.. result.LossesAfter.Select(loss => (double)loss)],
        result.FindNonFinite());

    /// <summary>Of the plain equations or the literal construction.</summary>
    public static RunOutcome Of(ReferenceResult<double> result) => new(
        ResultTensors.Of(result), result.LossesBefore, result.LossesAfter, result.FindNonFinite());
}
