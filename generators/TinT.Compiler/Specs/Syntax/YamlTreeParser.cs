using System.Globalization;
using TinT.Compiler.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace TinT.Compiler.Specs.Syntax;

/// <summary>
/// Reads one YAML document into a small tree. Depth, number of nodes and length of scalars are bounded, and events are pulled one at a
/// time, so that hostile text costs little; anchors, aliases and tags are reported.
/// </summary>
internal sealed class YamlTreeParser
{
    private const int MaximumDepth = 8;
    private const int MaximumNodes = 1000;
    private const int MaximumScalarLength = 256;

    private readonly int markShift;
    private readonly int length;
    private readonly LineMap lines;
    private readonly DiagnosticBag diagnostics;
    private readonly DiagnosticDescriptor empty;
    private readonly Parser parser;
    private int nodeCount;

    private YamlTreeParser(string text, LineMap lines, DiagnosticBag diagnostics, DiagnosticDescriptor empty)
    {
        this.empty = empty;
        length = text.Length;
        this.lines = lines;
        this.diagnostics = diagnostics;
        markShift = LineMap.ByteOrderMarkLength(text);
        parser = new Parser(new Scanner(new StringReader(text.Substring(markShift)), skipComments: true));
    }

    /// <summary>The root of the first document, or <see langword="null"/> when the text cannot be read; why is then reported.</summary>
    /// <param name="text">The text.</param>
    /// <param name="lines">Its lines.</param>
    /// <param name="diagnostics">Where mistakes go.</param>
    /// <param name="empty">What to say of an empty text.</param>
    public static SpecNode? Parse(string text, LineMap lines, DiagnosticBag diagnostics, DiagnosticDescriptor empty)
    {
        var reader = new YamlTreeParser(text, lines, diagnostics, empty);
        var mistakes = new SyntaxMistakes(text, lines, diagnostics);
        try
        {
            return reader.ReadStream();
        }
        catch (YamlException exception)
        {
            mistakes.Report(exception.Message, reader.SpanOf(exception.Start, exception.End));
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // YamlDotNet lets these escape for malformed anchors and tags, for escapes such as "\UFFFFFFFF" and for some brackets left
            // open; they carry no place.
            mistakes.ReportAfter(reader.parser.Current is { } last ? reader.OffsetOf(last.End) : reader.markShift);
        }

        return null;
    }

    private SpecNode? ReadStream()
    {
        Next<StreamStart>();
        if (Peek() is StreamEnd end)
        {
            Mark place = end.Start;
            diagnostics.Report(empty, SpanOf(place, place));
            return null;
        }

        Next<DocumentStart>();
        SpecNode? root = ReadNode(depth: 0);
        if (root is null)
            return null;
        Next<DocumentEnd>();
        if (Peek() is DocumentStart second)
            diagnostics.Report(SyntaxDiagnostics.SeveralDocuments, SpanOf(second.Start, second.End));
        return root;
    }

    /// <summary>Reads a node with all below it; <see langword="null"/> once a bound is exceeded.</summary>
    private SpecNode? ReadNode(int depth)
    {
        ParsingEvent parsed = Peek();
        SourceSpan span = SpanOf(parsed.Start, parsed.End);
        if (++nodeCount > MaximumNodes)
        {
            diagnostics.Report(SyntaxDiagnostics.TooManyNodes, span, Number(MaximumNodes));
            return null;
        }

        if (depth > MaximumDepth)
        {
            diagnostics.Report(SyntaxDiagnostics.NestedTooDeeply, span, Number(MaximumDepth));
            return null;
        }

        if (parsed is NodeEvent node)
            ReportProperties(node, span);
        switch (parsed)
        {
            case Scalar scalar:
                Next<Scalar>();
                return ReadScalar(scalar, span);
            case AnchorAlias:
                Next<AnchorAlias>();
                diagnostics.Report(SyntaxDiagnostics.AnchorOrAlias, span, "aliases");
                return new UnreadableNode(span);
            case SequenceStart:
                return ReadSequence(span, depth);
            default:
                return ReadMapping(span, depth);
        }
    }

    private SpecNode ReadScalar(Scalar scalar, SourceSpan span)
    {
        if (scalar.Value.Length <= MaximumScalarLength)
            return new ScalarNode(scalar.Value, scalar.Style == ScalarStyle.Plain, span);
        diagnostics.Report(SyntaxDiagnostics.ValueTooLong, span, Number(scalar.Value.Length), Number(MaximumScalarLength));
        return new UnreadableNode(span);
    }

    private SequenceNode? ReadSequence(SourceSpan span, int depth)
    {
        Next<SequenceStart>();
        var items = new List<SpecNode>();
        while (Peek() is not SequenceEnd)
        {
            if (ReadNode(depth + 1) is not { } item)
                return null;
            items.Add(item);
        }

        Next<SequenceEnd>();
        return new SequenceNode(items, span);
    }

    private MappingNode? ReadMapping(SourceSpan span, int depth)
    {
        Next<MappingStart>();
        var entries = new List<MappingEntry>();
        var keys = new Dictionary<string, ScalarNode>(StringComparer.Ordinal);
        while (Peek() is not MappingEnd)
        {
            SpecNode? key = ReadNode(depth + 1);
            SpecNode? value = key is null ? null : ReadNode(depth + 1);
            if (key is null || value is null)
                return null;
            if (key is not ScalarNode name)
            {
                if (key is not UnreadableNode)
                    diagnostics.Report(SyntaxDiagnostics.KeyNotText, key.Span, key.Kind);
                continue;
            }

            if (keys.TryGetValue(name.Text, out ScalarNode? first))
            {
                diagnostics.Report(
                    SyntaxDiagnostics.DuplicateKey, name.Span, PrintableText.Shorten(name.Text), Number(first.Span.Start.Line));
                continue;
            }

            keys.Add(name.Text, name);
            entries.Add(new MappingEntry(name, value));
        }

        Next<MappingEnd>();
        return new MappingNode(entries, span);
    }

    private void ReportProperties(NodeEvent node, SourceSpan span)
    {
        if (!node.Anchor.IsEmpty)
            diagnostics.Report(SyntaxDiagnostics.AnchorOrAlias, span, "anchors");
        if (!node.Tag.IsEmpty)
            diagnostics.Report(SyntaxDiagnostics.Tag, span);
    }

    private ParsingEvent Peek()
    {
        if (parser.Current is null)
            parser.MoveNext();
        return parser.Current ?? throw new YamlException("The text ends early.");
    }

    /// <summary>Goes past the current event, which is a <typeparamref name="T"/> by YAML's grammar.</summary>
    private void Next<T>()
        where T : ParsingEvent
    {
        ParsingEvent current = Peek();
        if (current is not T)
            throw new YamlException(current.Start, current.End, $"Found {current.GetType().Name} instead of {typeof(T).Name}.");
        parser.MoveNext();
    }

    private SourceSpan SpanOf(Mark start, Mark end) => lines.Span(OffsetOf(start), OffsetOf(end));

    private int OffsetOf(Mark mark) => (int)Math.Min(mark.Index + markShift, length);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
