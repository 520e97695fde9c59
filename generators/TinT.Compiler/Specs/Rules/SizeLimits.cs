using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs.Fields;
using TinT.Model.Parameters;

namespace TinT.Compiler.Specs.Rules;

/// <summary>
/// Limits that keep later stages within their integers: a matrix has fewer than 2³¹ elements, the auxiliary model fewer than 2⁴⁰
/// parameters. The caps of single values keep every product here within 64 bits.
/// </summary>
internal static class SizeLimits
{
    private const long MatrixLimit = 1L << 31;
    private const long ParameterLimit = 1L << 40;

    /// <summary>Reports every matrix that is too large, and too large a model.</summary>
    public static void Check(AuxiliaryFields auxiliary, SimulatorFields simulator, DiagnosticBag diagnostics)
    {
        const string vocabulary = "vocab_size", context = "max_position_embeddings", inner = "intermediate_size", width = "hidden_size";
        Spanned<int>? positions = auxiliary.MaxPositionEmbeddings;
        CheckMatrix("The token embedding", auxiliary.VocabularySize, auxiliary.HiddenSize, $"{vocabulary} or {width}", diagnostics);
        CheckMatrix("A feed-forward matrix", auxiliary.IntermediateSize, auxiliary.HiddenSize, $"{inner} or {width}", diagnostics);
        CheckMatrix("The matrix of logits", auxiliary.VocabularySize, positions, $"{vocabulary} or {context}", diagnostics);
        CheckMatrix("The feed-forward activation", auxiliary.IntermediateSize, positions, $"{inner} or {context}", diagnostics);
        CheckMatrix("The simulator's embedding", simulator.HiddenSize, positions, $"simulator.{width} or {context}", diagnostics);
        if (auxiliary.HeadCount is { } heads)
            CheckMatrix("The map to queries", new Spanned<int>((int)Math.Min(int.MaxValue, (long)heads.Value * auxiliary.Model.HeadSize), heads.Span), auxiliary.HiddenSize, "num_attention_heads or head_dim", diagnostics);
        CheckMatrix("A prefix", simulator.HiddenSize, PrefixTokens(auxiliary, simulator), $"both {width}s, or raise sharding", diagnostics);
        CheckParameters(auxiliary, diagnostics);
    }

    private static void CheckMatrix(
        string name, Spanned<int>? rows, Spanned<int>? columns, string causes, DiagnosticBag diagnostics)
    {
        if (rows is not { } height || columns is not { } width || (long)height.Value * width.Value < MatrixLimit)
            return;
        diagnostics.Report(
            ShapeDiagnostics.MatrixTooLarge,
            height.Span,
            name,
            NumberText.Write(height.Value),
            NumberText.Write(width.Value),
            NumberText.Write((long)height.Value * width.Value),
            causes);
    }

    private static Spanned<int>? PrefixTokens(AuxiliaryFields auxiliary, SimulatorFields simulator) =>
        auxiliary.HiddenSize is { } hiddenSize && simulator.Sharding is { } sharding
            ? new Spanned<int>(hiddenSize.Value / sharding.Value, sharding.Span)
            : null;

    private static void CheckParameters(AuxiliaryFields auxiliary, DiagnosticBag diagnostics)
    {
        if (auxiliary is not
            { VocabularySize: not null, MaxPositionEmbeddings: not null, HiddenSize: not null, LayerCount: { } layers, HeadCount: not null, IntermediateSize: not null })
        {
            return;
        }

        long parameters = auxiliary.Model.ParameterCount();
        if (parameters >= ParameterLimit)
            diagnostics.Report(ShapeDiagnostics.TooManyParameters, layers.Span, NumberText.Write(parameters));
    }
}
