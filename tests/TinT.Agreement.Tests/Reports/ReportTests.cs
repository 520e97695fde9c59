using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using TinT.Agreement.Comparison;
using TinT.Agreement.Reports;
using TinT.Model.Parameters;
using TinT.Reports.Tables;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Agreement.Tests.Reports;

public sealed class ReportTests
{
    private static readonly Closeness half = new(Product: 3, OurSquares: 9, TheirSquares: 4, DifferenceSquares: 7);

    [Fact]
    public void Closeness_is_cosine_ratio_and_distance()
    {
        Closeness closeness = Closeness.Of([3, 0], [1, Math.Sqrt(3)]);
        Assert.Equal(0.5, closeness.Cosine, 1e-15);
        Assert.Equal(1.5, closeness.RelativeNorm, 1e-15);
        Assert.Equal(Math.Sqrt(7) / 2, closeness.Distance, 1e-15);
        Assert.Equal(closeness, Closeness.Of([3], [1]) + Closeness.Of([0], [Math.Sqrt(3)]));
        Assert.Throws<ArgumentException>(() => Closeness.Of([1], [1, 2]));
    }

    [Fact]
    public void Tables_mark_what_is_broken()
    {
        ReportTable table = AgreementTables.Comparisons(Report(error: 2e-3));
        ReportCell cell = table.Groups[0][0].Cells[3];
        Assert.Equal("2.0e-3 > 1.0e-3", cell.Text);
        Assert.Equal(CellEmphasis.Warning, cell.Emphasis);
        Assert.Equal("2.5e-7 ≤ 1.0e-5", table.Groups[0][0].Cells[2].Text);
    }

    [Fact]
    public void Numbers_in_heat_maps_can_be_read_on_every_colour()
    {
        // What the pages' style gives texts on colours.
        const string Label = "#1b1f24";
        Assert.Contains($"text.on-colour {{ fill: {Label}; }}", AgreementPage.Create(Report(), "").ToString(), StringComparison.Ordinal);
        foreach (double cosine in Enumerable.Range(-100, 201).Select(hundredths => hundredths / 100.0).Append(double.NaN))
        {
            (byte red, byte green, byte blue) = CosineMap.Colour(cosine);
            Contrast.AssertReadable(Label, $"#{red:x2}{green:x2}{blue:x2}", $"cosine {cosine}");
        }
    }

    [Fact]
    public void The_grid_has_a_row_for_each_layer_and_a_column_for_each_parameter()
    {
        ReportTable grid = AgreementTables.Grid(Report(), "cosines", closeness => AgreementTables.Cosine(closeness.Cosine));
        Assert.Equal(["layer", "W_v", "c₂", "β_f"], grid.Columns.Select(column => column.Header));
        Assert.Equal(
            ["1|0.5000||", "2|0.5000|0.5000|", "final norm|||0.5000"],
            grid.Groups[0].Select(row => string.Join('|', row.Cells.Select(cell => cell.Text))));
    }

    [Fact]
    public void Json_holds_every_number_and_null_for_what_is_not_finite()
    {
        using MemoryStream stream = new();
        AgreementJson.Write(stream, Report(error: double.NaN));
        using JsonDocument document = JsonDocument.Parse(stream.ToArray());
        JsonElement root = document.RootElement;

        Assert.Equal("tint.verify/1", root.GetProperty("schema").GetString());
        Assert.False(root.GetProperty("holds").GetBoolean());
        Assert.Equal(3, root.GetProperty("training_tokens").GetInt32());
        JsonElement update = root.GetProperty("comparisons")[0].GetProperty("logit_update");
        Assert.Equal(JsonValueKind.Null, update.GetProperty("error").ValueKind);
        Assert.Equal(1e-3, update.GetProperty("tolerance").GetDouble());
        Assert.Equal("W_v of layer 1", root.GetProperty("comparisons")[0].GetProperty("weight_update").GetProperty("where").GetString());
        JsonElement parameter = root.GetProperty("approximations")[0].GetProperty("parameters")[2];
        Assert.Equal("down_bias", parameter.GetProperty("kind").GetString());
        Assert.Equal(2, parameter.GetProperty("layer").GetInt32());
        Assert.Equal(0.5, parameter.GetProperty("cosine").GetDouble());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("approximations")[0].GetProperty("parameters")[3].GetProperty("layer").ValueKind);
        Assert.Equal(1.5, root.GetProperty("whole_blocks").GetProperty("relative_norm").GetDouble());
        Assert.Equal("because", root.GetProperty("why_not_exact").GetString());
    }

    [Theory]
    [InlineData("with_storage_and_exactness")]
    [InlineData("with_what_is_not_finite")]
    public void Json_has_these_fields(string variant)
    {
        AgreementReport report = variant == "with_storage_and_exactness"
            ? Report() with
            {
                SoftGates = 1.0 / 3,
                Exactness = new Measure(1e-12, 1e-9),
                WhyNotExact = "",
                Storage = new StorageEffect(WeightStorage.BFloat16, 1e-3, 0.25, half, half, (Single: 3.5, Narrow: 3.25), (Single: 3, Narrow: double.NaN)),
            }
            : Report(error: double.PositiveInfinity) with
            {
                NonFinite = [("compiled", new NonFiniteValue(0, NonFiniteValue.After, "logits", 3, 7, double.NaN)), ("plain", new NonFiniteValue(
                    1, NonFiniteValue.Update, "weight update h.0", null, 1L << 40, double.NegativeInfinity))],
            };
        using MemoryStream stream = new();
        AgreementJson.Write(stream, report);

        Snapshot.Match(Encoding.UTF8.GetString(stream.ToArray()), "json", variant);
    }

    [Fact]
    public void The_page_has_a_heat_map_for_each_approximation_and_escapes_names()
    {
        AgreementReport report = Report() with { Description = Report().Description with { Model = "A<b>&c" } };
        string page = AgreementPage.Create(report, "about <it>").ToString();
        XElement html = XElement.Parse(page[page.IndexOf('\n', StringComparison.Ordinal)..]);
        XNamespace svg = "http://www.w3.org/2000/svg";

        Assert.Equal("Agreement of A<b>&c", html.Descendants("h1").Single().Value);
        XElement map = Assert.Single(html.Descendants(svg + "svg"));
        Assert.Equal(4, map.Elements(svg + "rect").Count());
        Assert.Contains("c₂ of layer 2: cosine 0.500000, norm 1.500, distance 1.3e0", map.Descendants(svg + "title").Select(title => title.Value));
        Assert.Equal(["W_v", "c₂", "β_f"], map.Elements(svg + "text").Take(3).Select(text => text.Value));
        Assert.DoesNotContain("http", page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static AgreementReport Report(double error = 1e-4) => new(
        new SmallSpec("Reported").Description,
        1e-2,
        new SimulationBatch(1, 5, [1, 2, 3, 4, 5], [1, 1, 1, 0, 0]),
        [new EngineComparison("a", "b", new Measure(2.5e-7, 1e-5), new Measure(error, 1e-3), new Measure(0, 1e-3, "W_v of layer 1"))],
        null,
        [
            new ApproximationCost(
                Approximation.All[0],
                half,
                half,
                [
                    new ParameterCloseness(ParameterKind.ValueWeight, 1, half),
                    new ParameterCloseness(ParameterKind.ValueWeight, 2, half),
                    new ParameterCloseness(ParameterKind.DownBias, 2, half),
                    new ParameterCloseness(ParameterKind.FinalNormBias, -1, half),
                ]),
        ],
        half,
        null,
        "because");
}
