using TinT.Model.Parameters;

namespace TinT.Agreement.Comparison;

/// <summary>How close TinT's change of one parameter tensor is to that of exact SGD.</summary>
/// <param name="Kind">The tensor's role.</param>
/// <param name="Layer">Its layer from 0; −1 outside the layers.</param>
/// <param name="Closeness">Over all sequences.</param>
public sealed record ParameterCloseness(ParameterKind Kind, int Layer, Closeness Closeness);
