using System.Text.RegularExpressions;
using TinT.Cli.Rendering;
using TinT.Reports.Tables;
using TinT.Tests.Common;

namespace TinT.Cli.Tests.Rendering;

/// <summary>On narrow terminals no table breaks inside a word or number.</summary>
public sealed partial class NarrowTerminalTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("plan SPEC --tokens 64 --threads 2 --device all")]
    [InlineData("verify SPEC --tokens 8 --threads 2 --weights bf16")]
    [InlineData("eval perplexity SPEC --checkpoint MODEL --text TEXT --block-size 16 --blocks 3 --learning-rate 1e-4,1e30 --train-fraction 0.3,0.5")]
    public void Every_word_of_every_table_is_whole(string commandLine)
    {
        string text = folder.File("text.txt");
        File.WriteAllText(text, string.Concat(Enumerable.Repeat("Follow the yellow brick road.\n", 20)));
        string[] arguments =
            [.. commandLine.Split(' ').Select(word => word switch { "SPEC" => ByteModel.Spec, "MODEL" => ByteModel.Checkpoint, "TEXT" => text, _ => word })];

        string plain = Tint.Run(arguments).Output;
        foreach (int width in new[] { 60, 80, 120 })
        {
            string shown = ControlSequence().Replace(Tint.RunOnTerminal(width, arguments).Output, "");
            Assert.Empty(Words(plain).Except(Words(shown)));
            Assert.All(shown.Split('\n').Where(line => line.StartsWith('│') || line.StartsWith('╭')), line => Assert.True(line.TrimEnd().Length <= width, line));
        }
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    public void Measurements_of_every_width_are_whole(int width)
    {
        string styled = Tint.RunOnTerminal(width, "bench", ByteModel.Spec, "--tokens", "4,8", "--runs", "1", "--threads", "1").Output;

        // Times differ from run to run: numbers are whole if each line of the table has only such as the table can hold.
        string shown = ControlSequence().Replace(styled, "");
        Assert.All(shown.Split('\n').Where(line => line.StartsWith('│')), line => Assert.DoesNotMatch(@"[│ ][.,:][0-9]|[0-9][.,:]\s*│", line));
    }

    [Fact]
    public void Columns_without_room_follow_below_behind_the_first_one()
    {
        ReportTable table = Table(["name", "a wide column", "another_wide_word", "12,345.678"]);

        IReadOnlyList<TableLayout> parts = TableLayout.Of(table, 40);

        Assert.Equal([[0, 1, 2], [0, 3]], parts.Select(part => part.Columns));
        Assert.Equal([[4, 9, 17], [4, 10]], parts.Select(part => part.Widths));
    }

    [Fact]
    public void A_table_with_room_is_as_wide_as_its_texts()
    {
        TableLayout part = Assert.Single(TableLayout.Of(Table(["name", "a wide column"]), 80));
        Assert.Equal([4, 13], part.Widths);
    }

    [GeneratedRegex("\u001b\\[[0-9;?]*[A-Za-z]")]
    private static partial Regex ControlSequence();

    /// <summary>What stands between spaces and borders, without lines of both kinds of table.</summary>
    private static IEnumerable<string> Words(string text) =>
        text.Split([' ', '\n', '│'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.Any(char.IsLetterOrDigit));

    private static ReportTable Table(string[] headers) => new(
        "", [.. headers.Select(header => new ReportColumn(header, IsNumeric: false))], [[new ReportRow([.. headers.Select(_ => new ReportCell("x"))])]], []);
}
