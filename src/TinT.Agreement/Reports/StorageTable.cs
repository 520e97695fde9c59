using System.Globalization;
using TinT.Agreement.Comparison;
using TinT.Reports.Tables;
using TinT.Runtime.Cpu.Memory;

namespace TinT.Agreement.Reports;

/// <summary>What storing weights in 16 bits changes, as a table for people.</summary>
public static class StorageTable
{
    /// <summary>The table.</summary>
    /// <param name="effect">The effect.</param>
    public static ReportTable Create(StorageEffect effect)
    {
        ArgumentNullException.ThrowIfNull(effect);
        string type = effect.Storage.TypeName();
        ReportRow[] losses =
        [
            Row("loss before", Loss(effect.LossesBefore.Single), Loss(effect.LossesBefore.Narrow), Loss(
                effect.LossesBefore.Narrow - effect.LossesBefore.Single)),
            Row("loss after", Loss(effect.LossesAfter.Single), Loss(effect.LossesAfter.Narrow), Loss(effect.LossesAfter.Narrow - effect.LossesAfter.Single)),
        ];
        ReportRow[] distances =
        [
            Row("logits before", "", "", AgreementTables.Short(effect.Logits)),
            Row("logit update", "", "", AgreementTables.Short(effect.LogitUpdate.Distance)),
            Row("weight update", "", "", AgreementTables.Short(effect.WeightUpdate.Distance)),
        ];
        return new ReportTable(
            $"What does storing weights in {type} change?",
            [new ReportColumn("of", IsNumeric: false), new ReportColumn("float32", IsNumeric: true), new ReportColumn(type, IsNumeric: true), new ReportColumn(
                "difference", IsNumeric: true)],
            [losses, distances],
            [
                $"The compiled simulator with matrices rounded to {type} against itself on those of the checkpoint. Losses in nats, of the tokens that do not train;",
                $"below them |{effect.Storage.ShortName()} − f32| / |f32|. The largest difference of a logit before is {AgreementTables.Short(effect.LargestLogit)} of their rms. No tolerance: it is what the rounding costs.",
            ]);
    }

    private static ReportRow Row(params string[] cells) => new([.. cells.Select(cell => new ReportCell(cell))]);

    private static string Loss(double loss) => loss.ToString("0.00000", CultureInfo.InvariantCulture);
}
