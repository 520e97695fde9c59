using System.Globalization;
using TinT.Agreement.Comparison;
using TinT.Model.Parameters;
using TinT.Reports.Html;

namespace TinT.Agreement.Reports;

/// <summary>A heat map: layers × parameter tensors, coloured by the angle between TinT's change and that of exact SGD.</summary>
internal static class CosineMap
{
    private const double CellWidth = 58;
    private const double CellHeight = 22;
    private const double LabelWidth = 76;
    private const double Gap = 2;

    /// <summary>Draws the tensors of a run.</summary>
    public static SvgDrawing Draw(ApproximationCost cost)
    {
        ParameterKind[] kinds = [.. cost.Parameters.Select(parameter => parameter.Kind).Distinct().Order()];
        int[] layers = [.. cost.Parameters.Select(parameter => parameter.Layer).Distinct()];
        SvgDrawing map = new(
            LabelWidth + (kinds.Length * CellWidth), (layers.Length + 1) * CellHeight, $"Cosine of each parameter tensor's change, {cost.Approximation.Name}");
        for (int column = 0; column < kinds.Length; column++)
            map.Label(LabelWidth + ((column + 0.5) * CellWidth), CellHeight * 0.7, ParameterNames.Symbol(kinds[column]), SvgAnchor.Middle);
        for (int row = 0; row < layers.Length; row++)
        {
            string name = layers[row] < 0 ? "final norm" : string.Create(CultureInfo.InvariantCulture, $"layer {layers[row]}");
            map.Label(LabelWidth - 8, (row + 1.7) * CellHeight, name, SvgAnchor.End);
        }

        foreach (ParameterCloseness parameter in cost.Parameters)
        {
            double x = LabelWidth + (Array.IndexOf(kinds, parameter.Kind) * CellWidth);
            double y = (Array.IndexOf(layers, parameter.Layer) + 1) * CellHeight;
            Closeness closeness = parameter.Closeness;
            (byte red, byte green, byte blue) = Colour(closeness.Cosine);
            string tip = $"{ParameterNames.Of(parameter.Kind, parameter.Layer)}: cosine {closeness.Cosine.ToString("0.000000", CultureInfo.InvariantCulture)}, "
                + $"norm {AgreementTables.Ratio(closeness.RelativeNorm)}, distance {AgreementTables.Short(closeness.Distance)}";
            map.Rectangle(x, y, CellWidth - Gap, CellHeight - Gap, red, green, blue, tip);
            map.Label(
                x + ((CellWidth - Gap) / 2), y + (CellHeight * 0.66), closeness.Cosine.ToString("0.000", CultureInfo.InvariantCulture), SvgAnchor.Middle, "on-colour");
        }

        return map;
    }

    /// <summary>From light green, the same direction, over yellow at a right angle to red, the opposite one; grey if there is none.</summary>
    internal static (byte Red, byte Green, byte Blue) Colour(double cosine)
    {
        if (double.IsNaN(cosine))
            return (190, 190, 190);

        // The square root tells small angles apart.
        double angle = Math.Sqrt(Math.Acos(Math.Clamp(cosine, -1, 1)) / Math.PI);
        (double R, double G, double B)[] stops = [(126, 203, 150), (196, 222, 140), (244, 214, 120), (236, 150, 96), (224, 108, 92)];
        double place = angle * (stops.Length - 1);
        int low = Math.Min((int)place, stops.Length - 2);
        byte Mix(double from, double to) => (byte)Math.Round(from + ((place - low) * (to - from)));
        return (Mix(stops[low].R, stops[low + 1].R), Mix(stops[low].G, stops[low + 1].G), Mix(stops[low].B, stops[low + 1].B));
    }
}
