using System.Text;
using System.Xml;
using System.Xml.Linq;
using TinT.Reports.Tables;

namespace TinT.Reports.Html;

/// <summary>
/// One self-contained page: its styles are inside, nothing is fetched and no script runs. It follows the reader's choice of light or
/// dark and can be printed. Texts are escaped, so that names may hold anything; the page is well-formed XML behind its first line.
/// </summary>
public sealed class HtmlPage
{
    private static readonly HashSet<string> voidElements = new(StringComparer.Ordinal) { "meta", "br", "hr", "img", "link", "input" };

    /// <summary>Most characters of a cell that stays on one line: a table that is wider than the page is scrolled.</summary>
    private const int ShortText = 24;

    private readonly string title;
    private readonly XElement body = new("body");
    private XElement current;

    /// <summary>Creates a page.</summary>
    /// <param name="title">Its title and first heading.</param>
    /// <param name="subtitle">A line below the heading; empty for none.</param>
    public HtmlPage(string title, string subtitle = "")
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(subtitle);
        this.title = Clean(title);
        XElement header = new("header", new XElement("h1", this.title));
        if (subtitle.Length > 0)
            header.Add(new XElement("p", Clean(subtitle)));
        body.Add(header);
        current = body;
    }

    /// <summary>Starts a section; what is added next belongs to it.</summary>
    /// <param name="heading">Its heading.</param>
    public HtmlPage Section(string heading)
    {
        current = new XElement("section", new XElement("h2", Clean(heading)));
        body.Add(current);
        return this;
    }

    /// <summary>Adds a paragraph.</summary>
    /// <param name="text">Plain text.</param>
    public HtmlPage Paragraph(string text)
    {
        current.Add(new XElement("p", Clean(text)));
        return this;
    }

    /// <summary>Adds a table with its title above and its notes below.</summary>
    /// <param name="table">The table.</param>
    public HtmlPage Table(ReportTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        XElement Cell(string name, ReportColumn column, string text, CellEmphasis emphasis) => new(
            name,
            new XAttribute("class", string.Join(' ', (string[])[column.IsNumeric ? "number" : "text", .. column.IsNumeric || text.Length is 0 or > ShortText ? (string[])[] : ["short"], .. ClassOf(emphasis)])),
            Clean(text));
        XElement Row(ReportRow row) => new(
            "tr", row.Cells.Select((cell, index) => Cell("td", table.Columns[index], cell.Text, cell.Emphasis)));
        current.Add(new XElement(
            "div",
            new XAttribute("class", "table"),
            new XElement(
                "table",
                new XElement("caption", Clean(table.Title)),
                new XElement("thead", new XElement("tr", table.Columns.Select(column => Cell("th", column, column.Header, CellEmphasis.None)))),
                table.Groups.Select(group => new XElement("tbody", group.Select(Row))))));
        foreach (string note in table.Notes)
            current.Add(new XElement("p", new XAttribute("class", "note"), Clean(note)));
        return this;
    }

    /// <summary>Adds a picture.</summary>
    /// <param name="drawing">The picture.</param>
    /// <param name="caption">Line below it; empty for none.</param>
    public HtmlPage Figure(SvgDrawing drawing, string caption = "")
    {
        ArgumentNullException.ThrowIfNull(drawing);
        XElement figure = new("figure", drawing.ToElement());
        if (caption.Length > 0)
            figure.Add(new XElement("figcaption", Clean(caption)));
        current.Add(figure);
        return this;
    }

    /// <summary>Adds a text whose parts have styles of their own.</summary>
    /// <param name="parts">Parts, each with a style class – <c>trained</c>, <c>less1</c> … <c>less3</c>, <c>more1</c> … <c>more3</c>, or empty – and what is shown when a pointer rests on it; empty for nothing.</param>
    public HtmlPage Tokens(IEnumerable<(string Text, string StyleClass, string Tip)> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        XElement text = new("p", new XAttribute("class", "tokens"));
        foreach ((string part, string styleClass, string tip) in parts)
        {
            XElement span = new("span", Clean(part));
            if (styleClass.Length > 0)
                span.Add(new XAttribute("class", styleClass));
            if (tip.Length > 0)
                span.Add(new XAttribute("title", Clean(tip)));
            text.Add(span);
        }

        current.Add(text);
        return this;
    }

    /// <summary>Adds what the colours of a picture mean.</summary>
    /// <param name="entries">Style classes of <see cref="SvgDrawing"/> and what they stand for.</param>
    public HtmlPage Legend(IEnumerable<(string StyleClass, string Text)> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        current.Add(new XElement(
            "ul",
            new XAttribute("class", "legend"),
            entries.Select(entry => new XElement(
                "li", new SvgDrawing(12, 12, "").Rectangle(0, 0, 12, 12, entry.StyleClass).ToElement(), Clean(entry.Text)))));
        return this;
    }

    /// <summary>The page as text.</summary>
    public override string ToString()
    {
        XElement html = new(
            "html",
            new XAttribute("lang", "en"),
            new XElement(
                "head",
                new XElement("meta", new XAttribute("charset", "utf-8")),
                new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
                new XElement("title", title),
                new XElement("style", HtmlStyle.Text)),
            new XElement(body));

        // In HTML only void elements may be written as one tag.
        foreach (XElement empty in html.Descendants().Where(element => element.IsEmpty && element.Name.Namespace == XNamespace.None).ToList())
        {
            if (!voidElements.Contains(empty.Name.LocalName))
                empty.Value = "";
        }

        StringBuilder text = new("<!DOCTYPE html>\n");
        XmlWriterSettings settings = new() { OmitXmlDeclaration = true, NewLineChars = "\n", Indent = false };
        using (XmlWriter writer = XmlWriter.Create(text, settings))
            html.WriteTo(writer);
        return text.Append('\n').ToString();
    }

    /// <summary>Writes the page as UTF-8.</summary>
    /// <param name="stream">Where to.</param>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(Encoding.UTF8.GetBytes(ToString()));
    }

    /// <summary>A text without the characters that no page can hold, which are shown as �.</summary>
    internal static string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        StringBuilder clean = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
            clean.Append(rune.Value > 0xFFFF || XmlConvert.IsXmlChar((char)rune.Value) ? rune.ToString() : "\uFFFD");
        return clean.ToString();
    }

    private static string[] ClassOf(CellEmphasis emphasis) => emphasis switch
    {
        CellEmphasis.Best => ["best"],
        CellEmphasis.Warning => ["warning"],
        CellEmphasis.None => [],
        _ => throw new ArgumentOutOfRangeException(nameof(emphasis), emphasis, "There is no such emphasis."),
    };
}
