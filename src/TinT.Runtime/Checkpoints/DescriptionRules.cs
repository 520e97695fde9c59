using TinT.Model;
using static System.FormattableString;

namespace TinT.Runtime.Checkpoints;

/// <summary>What must hold of a model for which no spec has been checked.</summary>
internal static class DescriptionRules
{
    /// <summary>Bounds of what scores and logits are divided by, so that single precision has the results.</summary>
    private const double Least = 1e-3, Most = 1e6;

    /// <summary>Reports what does not hold.</summary>
    /// <param name="fields">The configuration.</param>
    /// <param name="options">What it says.</param>
    /// <param name="model">The model.</param>
    public static void Check(ConfigurationFields fields, AuxiliaryOptions options, AuxiliaryDescription model)
    {
        if (model.HeadCount % model.KeyValueHeadCount != 0)
            fields.Report(Invariant($"{model.HeadCount} heads cannot share {model.KeyValueHeadCount} heads of keys and values evenly"));
        if (options.HeadSize is null && model.HiddenSize % model.HeadCount != 0)
            fields.Report(Invariant($"the hidden size {model.HiddenSize} cannot be divided evenly among {model.HeadCount} heads"));
        if ((long)model.HeadCount * model.HeadSize > int.MaxValue)
            fields.Report(Invariant($"{model.HeadCount} heads of {model.HeadSize} coordinates are too large"));
        foreach ((string name, double? number) in new[]
        {
            ("query_pre_attn_scalar", model.QueryScalar), ("attn_logit_softcapping", model.ScoreCap), ("final_logit_softcapping", model.LogitCap),
        })
        {
            if (number is < Least or > Most)
                fields.Report(Invariant($"{name} is {number}, which is not between {Least} and {Most}"));
        }

        if (model.Rotary is { } rotary && (rotary.Size % 2 != 0 || rotary.Size < 0 || rotary.Size > model.HeadSize))
            fields.Report(
                Invariant($"rotary positions cannot turn {rotary.Size} of the {model.HeadSize} coordinates of a head; it must be an even number of them"));
    }
}
