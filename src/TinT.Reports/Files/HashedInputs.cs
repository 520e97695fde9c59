using TinT.Reports.Tables;

namespace TinT.Reports.Files;

/// <summary>The files that determine results, as a table.</summary>
public static class HashedInputs
{
    /// <summary>The table.</summary>
    /// <param name="inputs">The files.</param>
    public static ReportTable Table(IEnumerable<HashedInput> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ReportRow[] rows = [.. inputs.Select(input => new ReportRow([new(input.Role), new(input.Name), new(input.Sha256)]))];
        return new ReportTable("Files", [new("what", false), new("name", false), new("SHA-256", false)], [rows], []);
    }
}
