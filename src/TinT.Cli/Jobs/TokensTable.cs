using System.Globalization;
using System.Text;
using TinT.Evaluation.Tokenizers;
using TinT.Reports.Tables;

namespace TinT.Cli.Jobs;

/// <summary>The tokens of a text as a table.</summary>
internal static class TokensTable
{
    /// <summary>Creates the table.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="text">The text.</param>
    /// <param name="tokens">Its tokens.</param>
    public static ReportTable Create(ITokenizer tokenizer, ReadOnlySpan<byte> text, ExplainedText tokens)
    {
        List<ReportRow> rows = [];
        int part = TextToken.NoPart;
        foreach (TextToken token in tokens.Tokens)
        {
            rows.Add(Row(token, text[token.Start..token.End], token.Part == TextToken.NoPart ? "around the text" : token.Part == part ? "" : tokens.Parts[token.Part].CutBy));
            part = token.Part;
        }

        return new ReportTable(
            string.Create(
                CultureInfo.InvariantCulture, $"{text.Length} bytes are {tokens.Tokens.Count} tokens of {tokenizer.Name} in {tokens.Parts.Count} parts"),
            [
                new ReportColumn("id", IsNumeric: true),
                new ReportColumn("piece", IsNumeric: false),
                new ReportColumn("bytes", IsNumeric: true),
                new ReportColumn("text", IsNumeric: false),
                new ReportColumn("cut by", IsNumeric: false),
            ],
            [rows],
            ["Pieces are spelled as in the vocabulary. The text is cut into parts first; tokens never reach from one into the next."]);
    }

    private static ReportRow Row(TextToken token, ReadOnlySpan<byte> text, string cutBy) => new(
    [
        new ReportCell(token.Id.ToString(CultureInfo.InvariantCulture)),
        new ReportCell(Visible(token.Piece)),
        new ReportCell(string.Create(CultureInfo.InvariantCulture, $"{token.Start}–{token.End}")),
        new ReportCell($"\"{Visible(Encoding.UTF8.GetString(text))}\""),
        new ReportCell(cutBy),
    ]);

    /// <summary>A text in one line, with characters that terminals do not show as escapes.</summary>
    private static string Visible(string text)
    {
        StringBuilder visible = new();
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isHidden = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse;
            _ = rune.Value switch
            {
                '\n' => visible.Append(@"\n"),
                '\r' => visible.Append(@"\r"),
                '\t' => visible.Append(@"\t"),
                _ when isHidden => visible.Append(CultureInfo.InvariantCulture, $@"\u{{{rune.Value:X}}}"),
                _ => visible.Append(rune),
            };
        }

        return visible.ToString();
    }
}
