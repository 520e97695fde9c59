using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs.Fields;
using TinT.Compiler.Specs.Format;
using TinT.Compiler.Specs.Syntax;

namespace TinT.Compiler.Specs.Reading;

/// <summary>
/// Reads the keys of one mapping. Unknown and missing keys are reported when it is opened, wrong values when they are read.
/// </summary>
internal sealed class SectionReader
{
    private readonly MappingNode? mapping;
    private readonly SectionKey format;
    private readonly SectionKey root;
    private readonly DiagnosticBag diagnostics;

    private SectionReader(MappingNode? mapping, SectionKey format, SectionKey root, SourceSpan span, DiagnosticBag diagnostics)
    {
        this.mapping = mapping;
        this.format = format;
        this.root = root;
        this.diagnostics = diagnostics;
        Span = span;
    }

    /// <summary>The place of the section: its key; for the whole spec, its first key.</summary>
    public SourceSpan Span { get; }

    /// <summary>Opens the whole of a file.</summary>
    /// <param name="root">Its tree.</param>
    /// <param name="format">Its format.</param>
    /// <param name="diagnostics">Where mistakes go.</param>
    public static SectionReader OpenRoot(MappingNode root, SectionKey format, DiagnosticBag diagnostics)
    {
        SourceSpan span = root.Entries.Count > 0 ? root.Entries[0].Key.Span : root.Span;
        return Open(root, format, format, span, diagnostics);
    }

    /// <summary>Opens a section below this one. An absent or wrong section, once reported, reads as if all its keys were absent.</summary>
    public SectionReader OpenSection(SectionKey key)
    {
        switch (mapping?.Find(key.Name))
        {
            case null:
                return new SectionReader(null, key, root, Span, diagnostics);
            case { Value: MappingNode section } entry:
                return Open(section, key, root, entry.Key.Span, diagnostics);
            case { Value: ScalarNode { IsNull: true } } entry:
                return Open(new MappingNode([], entry.Value.Span), key, root, entry.Key.Span, diagnostics);
            case { } entry:
                ReportWrongKind(key, entry.Value);
                return new SectionReader(null, key, root, entry.Key.Span, diagnostics);
        }
    }

    /// <summary>Reads a whole number.</summary>
    public Field<int> Read(IntegerKey key) => FindScalar(key, out Field<int> missing) is { } scalar ? Parse(key, scalar) : missing;

    /// <summary>Reads a number.</summary>
    public Field<double> Read(NumberKey key) => FindScalar(key, out Field<double> missing) is { } scalar ? Parse(key, scalar) : missing;

    /// <summary>Reads whole numbers.</summary>
    public IReadOnlyList<Spanned<int>> Read(SeveralKey<IntegerKey> key) => ReadSeveral(key, Parse);

    /// <summary>Reads numbers.</summary>
    public IReadOnlyList<Spanned<double>> Read(SeveralKey<NumberKey> key) => ReadSeveral(key, Parse);

    /// <summary>Reads names.</summary>
    public IReadOnlyList<Spanned<string>> Read(SeveralKey<TextKey> key) => ReadSeveral(key, (_, scalar) => Given(scalar.Text, scalar));

    /// <summary>Reads some of a few words.</summary>
    public IReadOnlyList<Spanned<T>> Read<T>(SeveralKey<ChoiceKey<T>> key) => ReadSeveral(key, Choose);

    private Field<int> Parse(IntegerKey key, ScalarNode scalar)
    {
        if (!scalar.IsPlain || !NumberText.IsInteger(scalar.Text))
        {
            long guess = NumberText.GuessInteger(scalar.Text) ?? 0;
            bool isUsable = guess >= key.Minimum && guess <= key.Maximum && NumberText.GuessInteger(scalar.Text) is not null;
            ReportScalar(SyntaxDiagnostics.NotAnInteger, key, scalar, isUsable ? NumberText.Write(guess) : key.Example);
            return Field<int>.Wrong;
        }

        long value = NumberText.ParseInteger(scalar.Text);
        if (value >= key.Minimum && value <= key.Maximum)
            return Given((int)value, scalar);
        ReportRange(key, scalar, NumberText.Write(key.Minimum), NumberText.Write(key.Maximum));
        return Field<int>.Wrong;
    }

    private Field<double> Parse(NumberKey key, ScalarNode scalar)
    {
        if (!scalar.IsPlain || !NumberText.TryParseNumber(scalar.Text, out double value))
        {
            ReportScalar(SyntaxDiagnostics.NotANumber, key, scalar, key.Example);
            return Field<double>.Wrong;
        }

        if (value >= key.Minimum && value <= key.Maximum)
            return Given(value, scalar);
        ReportRange(key, scalar, NumberText.Write(key.Minimum), NumberText.Write(key.Maximum));
        return Field<double>.Wrong;
    }

    /// <summary>Reads a truth value.</summary>
    public Field<bool> Read(BooleanKey key)
    {
        if (FindScalar(key, out Field<bool> missing) is not { } scalar)
            return missing;
        switch (scalar.Text)
        {
            case "true" or "True" or "TRUE" when scalar.IsPlain:
                return Given(true, scalar);
            case "false" or "False" or "FALSE" when scalar.IsPlain:
                return Given(false, scalar);
        }

        bool meansFalse = scalar.Text.ToLowerInvariant() is "false" or "no" or "off" or "n" or "0";
        bool meansTrue = scalar.Text.ToLowerInvariant() is "true" or "yes" or "on" or "y" or "1";
        ReportScalar(SyntaxDiagnostics.NotABoolean, key, scalar, meansFalse ? "false" : meansTrue ? "true" : "true or false");
        return Field<bool>.Wrong;
    }

    /// <summary>Reads one of a few words.</summary>
    public Field<T> Read<T>(ChoiceKey<T> key) => FindScalar(key, out Field<T> missing) is { } scalar ? Choose(key, scalar) : missing;

    /// <summary>Reads a list of words.</summary>
    public Field<EquatableArray<T>> Read<T>(ListKey<T> key)
    {
        switch (mapping?.Find(key.Name))
        {
            case null:
                return Field<EquatableArray<T>>.Absent;
            case { Value: SequenceNode list } when list.Items.All(item => item is ScalarNode):
                Field<T>[] items = [.. list.Items.Cast<ScalarNode>().Select(item => Choose(key.Item, item))];
                return items.All(item => item.Value is not null)
                    ? new Field<EquatableArray<T>>(
                        true, new Spanned<EquatableArray<T>>(items.Select(item => item.Value!.Value.Value).ToEquatableArray(), list.Span))
                    : Field<EquatableArray<T>>.Wrong;
            case { } entry:
                ReportWrongKind(key, entry.Value);
                return Field<EquatableArray<T>>.Wrong;
        }
    }

    /// <summary>The values that are right, of a key that may be absent.</summary>
    private Spanned<T>[] ReadSeveral<TKey, T>(SeveralKey<TKey> key, Func<TKey, ScalarNode, Field<T>> parse)
        where TKey : KeyFormat
    {
        switch (mapping?.Find(key.Name))
        {
            case null:
                return [];
            case { Value: SequenceNode { Items.Count: > 0 } list } when list.Items.All(item => item is ScalarNode { IsNull: false }):
                return [.. list.Items.Cast<ScalarNode>().Select(item => parse(key.Item, item).Value).OfType<Spanned<T>>()];
            case { Value: ScalarNode }:
                return FindScalar(key, out Field<T> _) is { } scalar && parse(key.Item, scalar).Value is { } single ? [single] : [];
            case { } entry:
                ReportWrongKind(key, entry.Value);
                return [];
        }
    }

    /// <summary>The place of a key, if it is there.</summary>
    public SourceSpan? Find(KeyFormat key) => mapping?.Find(key.Name)?.Key.Span;

    private Field<T> Choose<T>(ChoiceKey<T> key, ScalarNode scalar)
    {
        foreach (KeyValuePair<string, T> choice in key.Choices)
        {
            if (choice.Key == scalar.Text)
                return Given(choice.Value, scalar);
        }

        if (key.Planned.Contains(scalar.Text))
        {
            string supported = Suggestions.List(key.Words, "or");
            diagnostics.Report(SyntaxDiagnostics.NotSupportedYet, scalar.Span, format.PathOf(key), scalar.Text, supported);
            return Field<T>.Wrong;
        }

        string mend = Suggestions.Nearest(scalar.Text, key.Words) is { } nearest
            ? $"Did you mean '{nearest}'?"
            : $"Write {Suggestions.List(key.Words, "or")}.";
        ReportScalar(SyntaxDiagnostics.UnknownChoice, key, scalar, mend);
        return Field<T>.Wrong;
    }

    /// <summary>Reads a whole number that has a default.</summary>
    public Spanned<int>? ReadOrDefault(IntegerKey key) => Read(key).Or(key.Default!.Value, Span);

    /// <summary>Reads a number that has a default.</summary>
    public Spanned<double>? ReadOrDefault(NumberKey key) => Read(key).Or(key.Default!.Value, Span);

    /// <summary>Reads a truth value.</summary>
    public Spanned<bool>? ReadOrDefault(BooleanKey key) => Read(key).Or(key.Default!.Value, Span);

    /// <summary>Reads one of a few words, of which the first is the default.</summary>
    public Spanned<T>? ReadOrDefault<T>(ChoiceKey<T> key) => Read(key).Or(key.Default, Span);

    /// <summary>Reads a name.</summary>
    public Field<string> Read(TextKey key) =>
        FindScalar(key, out Field<string> missing) is { } scalar ? Given(scalar.Text, scalar) : missing;

    private static SectionReader Open(MappingNode mapping, SectionKey format, SectionKey root, SourceSpan span, DiagnosticBag diagnostics)
    {
        var reader = new SectionReader(mapping, format, root, span, diagnostics);
        reader.ReportUnknownKeys();
        reader.ReportMissingKeys();
        return reader;
    }

    private static Field<T> Given<T>(T value, ScalarNode scalar) => new(true, new Spanned<T>(value, scalar.Span));

    private void ReportUnknownKeys()
    {
        foreach (MappingEntry entry in mapping!.Entries)
        {
            string name = entry.Key.Text;
            if (format.Keys.Any(key => key.Name == name))
                continue;
            string section = format.Path.Length == 0 ? $"A {root.Document}" : $"'{format.Path}'";
            diagnostics.Report(
                SyntaxDiagnostics.UnknownKey, entry.Key.Span, PrintableText.Shorten(name), section, KeySuggestions.For(name, format, root));
        }
    }

    private void ReportMissingKeys()
    {
        string section = format.Path.Length == 0 ? $"The {root.Document}" : $"'{format.Path}'";
        foreach (KeyFormat key in format.Keys)
        {
            if (!key.Required || mapping!.Find(key.Name) is not null || mapping.Entries.Any(entry => IsMeant(key, entry)))
                continue;
            string mend = key is SectionKey inner
                ? $"Add '{key.Name}:' and below it, indented, {Suggestions.List(inner.RequiredKeys, "and")}."
                : $"Add a line such as '{key.Name}: {key.Example}'.";
            diagnostics.Report(SyntaxDiagnostics.MissingKey, Span, key.Name, section, mend);
        }
    }

    /// <summary>Whether an unknown key, already reported, is another spelling of a key: then that key is not missing as well.</summary>
    private bool IsMeant(KeyFormat key, MappingEntry entry) =>
        format.Keys.All(known => known.Name != entry.Key.Text) && KeySuggestions.KeyMeant(entry.Key.Text, format) == key;

    private ScalarNode? FindScalar<T>(KeyFormat key, out Field<T> missing)
    {
        MappingEntry? entry = mapping?.Find(key.Name);
        missing = entry is null ? Field<T>.Absent : Field<T>.Wrong;
        switch (entry?.Value)
        {
            case ScalarNode { IsNull: true }:
                diagnostics.Report(SyntaxDiagnostics.MissingValue, entry.Key.Span, format.PathOf(key), key.Kind);
                return null;
            case ScalarNode scalar:
                return scalar;
            case { } other:
                ReportWrongKind(key, other);
                return null;
            default:
                return null;
        }
    }

    private void ReportWrongKind(KeyFormat key, SpecNode node)
    {
        if (node is UnreadableNode)
            return;
        string example = key is SectionKey { Keys.Count: > 0 } section
            ? $"'{key.Name}:' and below it, indented, lines such as '{section.Keys[0].Name}: {section.Keys[0].Example}'"
            : $"'{key.Name}: {key.Example}'";
        string kind = node is ScalarNode scalar ? PrintableText.Quote(scalar.Text) : node.Kind;
        diagnostics.Report(SyntaxDiagnostics.WrongKind, node.Span, format.PathOf(key), key.Kind, kind, example);
    }

    private void ReportScalar(DiagnosticDescriptor descriptor, KeyFormat key, ScalarNode scalar, string mend)
    {
        string found = PrintableText.Quote(scalar.Text);
        bool quotesMatter = !scalar.IsPlain && key is not ChoiceKey;
        diagnostics.Report(descriptor, scalar.Span, format.PathOf(key), quotesMatter ? $"the quoted text {found}" : found, mend);
    }

    private void ReportRange(KeyFormat key, ScalarNode scalar, string minimum, string maximum) =>
        diagnostics.Report(
            ShapeDiagnostics.ValueOutOfRange, scalar.Span, format.PathOf(key), PrintableText.Shorten(scalar.Text), minimum, maximum);
}
