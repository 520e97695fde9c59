using System.Globalization;
using TinT.Evaluation.InContext.Prompts;
using TinT.Evaluation.InContext.Protocol;

namespace TinT.Reports.InContext;

/// <summary>The words of options, as they are written on a command line and in reports.</summary>
public static class InContextWords
{
    /// <summary>Word of a layout.</summary>
    public static string Of(PromptLayout layout) => layout switch
    {
        PromptLayout.Separate => "single",
        PromptLayout.Joint => "multi",
        _ => throw new ArgumentOutOfRangeException(nameof(layout), layout, "There is no such layout."),
    };

    /// <summary>Word of a loss.</summary>
    public static string Of(PromptLoss loss) => loss switch
    {
        PromptLoss.Context => "context",
        PromptLoss.Label => "label",
        _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, "There is no such loss."),
    };

    /// <summary>Word of a calibration.</summary>
    public static string Of(Calibration calibration) => calibration switch
    {
        Calibration.Plain => "plain",
        Calibration.Pmi => "pmi",
        _ => throw new ArgumentOutOfRangeException(nameof(calibration), calibration, "There is no such calibration."),
    };

    /// <summary>Word of a draw.</summary>
    public static string Of(Draw draw) => draw switch
    {
        Draw.Evaluation => "evaluation",
        Draw.Test => "test",
        _ => throw new ArgumentOutOfRangeException(nameof(draw), draw, "There is no such draw."),
    };

    /// <summary>Word of a selection.</summary>
    public static string Of(Selection selection) => selection switch
    {
        Selection.HeldOut => "held-out",
        Selection.Oracle => "oracle",
        _ => throw new ArgumentOutOfRangeException(nameof(selection), selection, "There is no such selection."),
    };

    /// <summary>A learning rate.</summary>
    public static string Rate(double rate) => rate.ToString("0.###e-0", CultureInfo.InvariantCulture);

    /// <summary>Mean and spread in percent.</summary>
    public static string Percent(Accuracy accuracy)
    {
        ArgumentNullException.ThrowIfNull(accuracy);
        if (double.IsNaN(accuracy.Mean))
            return "diverged";
        string text = string.Create(CultureInfo.InvariantCulture, $"{100 * accuracy.Mean:0.0}");
        if (accuracy.Values.Count > 1)
            text += string.Create(CultureInfo.InvariantCulture, $" ± {100 * accuracy.Spread:0.0}");
        return accuracy.Diverged == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text} ({accuracy.Diverged} diverged)");
    }

    /// <summary>A gain in percentage points.</summary>
    public static string Points(Gain? gain) => gain is null
        ? "–"
        : string.Create(CultureInfo.InvariantCulture, $"{100 * gain.Mean:+0.0;-0.0;0.0}")
            + (double.IsNaN(gain.Low) ? "" : string.Create(CultureInfo.InvariantCulture, $" [{100 * gain.Low:0.0}, {100 * gain.High:0.0}]"));
}
