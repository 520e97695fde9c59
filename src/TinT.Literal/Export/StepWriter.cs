using System.Text.Json;
using TinT.Literal.Primitives;
using TinT.Literal.Programs;

namespace TinT.Literal.Export;

/// <summary>Writes the operations of a module's program.</summary>
/// <param name="json">Receives them.</param>
/// <param name="scope">What stands in front of the names of the module's parameters.</param>
internal sealed class StepWriter(Utf8JsonWriter json, string scope)
{
    /// <summary>Writes an operation.</summary>
    /// <param name="step">The operation.</param>
    /// <exception cref="NotSupportedException">There is no description of the operation.</exception>
    public void Write(ModuleStep step)
    {
        json.WriteStartObject();
        switch (step)
        {
            case AttentionStep attention:
                Head("attention", attention.From, attention.To);
                Write(attention);
                break;
            case ScoreGradientStep gradient:
                Head("score_gradient_attention", gradient.From, gradient.To);
                Write(gradient);
                break;
            case MapStep map:
                Head(map.Map is SplitMap ? "split_map" : "mixing_map", map.From, map.To);
                json.WriteString("parameters", Name(map.Map));
                break;
            case AddToTokensStep add:
                json.WriteString("op", "add_to_tokens");
                json.WriteString("from", add.From);
                json.WriteNumber("from_start", add.FromStart);
                json.WriteString("to", add.To);
                json.WriteNumber("to_start", add.ToStart);
                json.WriteNumber("width", add.Width);
                break;
            case GatesStep gates:
                json.WriteString("op", "position_gates");
                json.WriteString("before", gates.Before);
                json.WriteString("after", gates.After);
                json.WriteString("to", gates.After);
                json.WriteString("parameters", gates.Gates.Name[scope.Length..]);
                break;
            case NormalizeStep norm:
                Head("normalise", norm.From, norm.To);
                json.WriteNumber("size", norm.Norm.Size);
                json.WriteNumber("count", norm.Norm.Count);
                break;
            case RotateStep rotate:
                Head("rotate", rotate.From, rotate.To);
                json.WriteNumber("start", rotate.Start);
                json.WriteNumber("heads", rotate.Heads);
                json.WriteNumber("head_size", rotate.HeadSize);
                json.WriteBoolean("back", rotate.Back);
                break;
            case MultiplyStep multiply:
                Head("multiply", multiply.From, multiply.To);
                json.WriteString("factor", multiply.Factor);
                break;
            case MixRegionStep mix:
                json.WriteString("op", "mix_region");
                json.WriteString("before", mix.Before);
                json.WriteString("after", mix.After);
                json.WriteString("to", mix.To);
                break;
            case ActivateStep activate:
                Head("activate", activate.From, activate.To);
                break;
            case TakePrefixStep take:
                Head("take_prefix", take.From, take.To);
                break;
            default:
                throw new NotSupportedException($"There is no description of {step.GetType().Name}.");
        }

        json.WriteEndObject();
    }

    private void Head(string operation, string? from, string to)
    {
        json.WriteString("op", operation);
        json.WriteString("from", from);
        json.WriteString("to", to);
    }

    private void Write(AttentionStep step)
    {
        SimulatorAttention attention = step.Attention;
        json.WriteString("kind", attention.Kind switch
        {
            AttentionKind.Linear => "linear",
            AttentionKind.Softmax => "softmax",
            AttentionKind.TransposedSoftmax => "transposed_softmax",
            _ => throw new NotSupportedException($"There is no description of {attention.Kind}."),
        });
        json.WriteNumber("heads", attention.HeadCount);
        WriteScores(attention.ScoreScale, attention.ScoreCap, attention.Slopes, step.Mask, step.Window);
        json.WriteString("send_mask", step.SendMask is { } mask ? Name(mask) : null);
        Write("query", attention.Query);
        Write("key", attention.Key);
        Write("value", attention.Value);
        json.WriteString("positions", Name(attention.Positions));
        json.WriteString("expansion", Name(attention.Expansion));
        json.WriteString("projection", Name(attention.Projection));
    }

    private void Write(ScoreGradientStep step)
    {
        ScoreGradientAttention attention = step.Attention;
        json.WriteNumber("heads", attention.HeadCount);
        WriteScores(attention.ScoreScale, attention.ScoreCap, attention.Slopes, step.Mask, step.Window);
        json.WriteString("send_mask", Name(step.SendMask));
        Write("query", attention.Query);
        Write("key", attention.Key);
        Write("context_gradient", attention.ContextGradient);
        Write("value", attention.Value);
        Write("to_queries", attention.ToQueries);
        Write("to_keys", attention.ToKeys);
        json.WriteString("query_projection", Name(attention.QueryProjection));
        json.WriteString("key_projection", Name(attention.KeyProjection));
    }

    private void WriteScores(double scale, double? cap, IReadOnlyList<double> slopes, MaskRule mask, int window)
    {
        json.WriteNumber("scale", scale);
        if (cap is { } bound)
            json.WriteNumber("cap", bound);
        json.WriteStartArray("slopes");
        foreach (double slope in slopes)
            json.WriteNumberValue(slope);
        json.WriteEndArray();
        json.WriteString("mask", Name(mask));
        json.WriteNumber("window", window);
    }

    private void Write(string role, ProjectedInput input)
    {
        json.WriteStartObject(role);
        json.WriteString("mixing", Name(input.Mixing));
        json.WriteString("split", Name(input.Split));
        json.WriteEndObject();
    }

    private string Name(Primitive primitive) => primitive.Name[scope.Length..];

    private static string Name(MaskRule rule) => rule switch
    {
        MaskRule.Causal => "causal",
        MaskRule.Tokens => "tokens",
        MaskRule.Training => "training",
        MaskRule.SentBack => "sent_back",
        _ => throw new NotSupportedException($"There is no description of {rule}."),
    };
}
