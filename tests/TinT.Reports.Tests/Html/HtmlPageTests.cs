using System.Xml.Linq;
using TinT.Reports.Html;
using TinT.Reports.Tables;

namespace TinT.Reports.Tests.Html;

public sealed class HtmlPageTests
{
    private const string Wicked = "</title><script>alert('x')</script> & \"quoted\" \u0001";

    [Fact]
    public void A_page_is_well_formed_and_holds_every_text_escaped()
    {
        ReportTable table = new(Wicked, [new("name", false), new(Wicked, true)], [[new([new(Wicked), new("1", CellEmphasis.Best)])]], [Wicked]);
        SvgDrawing drawing = new SvgDrawing(10, 10, Wicked).Rectangle(0, 0, 1.5, 2, "c0", Wicked).Label(1, 2, Wicked, SvgAnchor.End).Line(0, 0, 1, 1);
        string text = new HtmlPage(Wicked, Wicked).Section(Wicked).Paragraph(Wicked).Table(table).Figure(drawing, Wicked).Legend([("c0", Wicked)]).ToString();

        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"en\">", text, StringComparison.Ordinal);
        XElement html = XElement.Parse(text["<!DOCTYPE html>\n".Length..]);
        string shown = Wicked.Replace('\u0001', '\uFFFD');
        Assert.Equal(shown, html.Element("head")!.Element("title")!.Value);
        Assert.Equal([shown], html.Descendants("caption").Select(caption => caption.Value));
        Assert.Equal([shown, "1"], html.Descendants("td").Select(cell => cell.Value));
        Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
        Assert.DoesNotContain(html.DescendantsAndSelf(), element => element.Name.LocalName is "script" or "link" or "img");
    }

    [Fact]
    public void Drawings_scale_with_the_page_up_to_their_own_size()
    {
        string text = new HtmlPage("t").Figure(new SvgDrawing(860, 300, "drawing")).ToString();

        XElement drawing = XElement.Parse(text["<!DOCTYPE html>\n".Length..]).Descendants().Single(element => element.Name.LocalName == "svg");
        Assert.Equal("0 0 860 300", drawing.Attribute("viewBox")!.Value);
        Assert.Equal("max-width: 860px; min-width: 640px", drawing.Attribute("style")!.Value);
        Assert.Contains("figure svg { width: 100%; height: auto; }", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_fetched_and_only_void_elements_are_written_as_one_tag()
    {
        string text = new HtmlPage("t").Section("s").Table(new ReportTable("", [new("", false)], [[new([new("")])]], [])).ToString();

        Assert.Contains("<td class=\"text\"></td>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", text, StringComparison.Ordinal);
        Assert.DoesNotContain("http", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Short_texts_of_a_table_stay_on_one_line_and_long_ones_are_broken()
    {
        string text = new HtmlPage("t").Table(new ReportTable("", [new("sees", false), new("why", false)], [[new([new("13–14"), new(new string('x', 80))])]], [])).ToString();

        Assert.Contains("<td class=\"text short\">13–14</td><td class=\"text\">xxx", text, StringComparison.Ordinal);
        Assert.Contains(".short { white-space: nowrap; }", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Styles_reach_the_reader_as_they_are_written()
    {
        string text = new HtmlPage("t").ToString();
        string style = text[(text.IndexOf("<style>", StringComparison.Ordinal) + 7)..text.IndexOf("</style>", StringComparison.Ordinal)];

        // An escaped character would stand in the style sheet as &…;, because HTML does not read escapes there.
        Assert.DoesNotContain("&", style, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", style, StringComparison.Ordinal);
        Assert.Contains("@media print", style, StringComparison.Ordinal);
    }
}
