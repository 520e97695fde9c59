namespace TinT.Evaluation.InContext.Scoring;

/// <summary>Scores of the candidates of a query, in nats, [classes].</summary>
/// <param name="Before">By the model as loaded.</param>
/// <param name="After">After the inner steps.</param>
public sealed record BeforeAndAfter(double[] Before, double[] After);
