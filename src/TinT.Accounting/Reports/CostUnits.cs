using System.Globalization;

namespace TinT.Accounting.Reports;

/// <summary>Units of a table's costs: the largest in which its total is at least 1.</summary>
/// <param name="OperationDivisor">Operations of the unit.</param>
/// <param name="Operations">Its name.</param>
/// <param name="ByteDivisor">Bytes of the unit.</param>
/// <param name="Bytes">Its name.</param>
internal sealed record CostUnits(double OperationDivisor, string Operations, double ByteDivisor, string Bytes)
{
    private static readonly (double Divisor, string Prefix)[] prefixes = [(1e9, "G"), (1e6, "M"), (1e3, "k")];

    /// <summary>The units for a total.</summary>
    public static CostUnits Of(OperationCost total) => Of(total.Operations, total.Bytes);

    /// <summary>The units for totals.</summary>
    public static CostUnits Of(long totalOperations, long totalBytes)
    {
        (double operations, string operationPrefix) = PrefixOf(totalOperations);
        (double bytes, string bytePrefix) = PrefixOf(totalBytes);
        return new CostUnits(operations, operationPrefix + "FLOP", bytes, bytePrefix + "B");
    }

    /// <summary>A number of operations in the unit.</summary>
    public string FormatOperations(long operations) => (operations / OperationDivisor).ToString("N2", CultureInfo.InvariantCulture);

    /// <summary>A number of bytes in the unit.</summary>
    public string FormatBytes(long bytes) => (bytes / ByteDivisor).ToString("N2", CultureInfo.InvariantCulture);

    private static (double Divisor, string Prefix) PrefixOf(long total) =>
        prefixes.FirstOrDefault(prefix => total >= prefix.Divisor, prefixes[^1]);
}
