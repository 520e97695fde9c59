using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs.Fields;
using TinT.Compiler.Specs.Format;

namespace TinT.Compiler.Specs.Reading;

/// <summary>Checks that the model's name can name C# classes and files, and that namespaces are some.</summary>
internal static class ModelName
{
    private static readonly int MaximumLength = SpecFormat.Model.MaximumLength!.Value;
    private static readonly int MaximumNamespaceLength = SpecFormat.Namespace.MaximumLength!.Value;

    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal",
        "default", "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for",
        "foreach", "goto", "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null",
        "object", "operator", "out", "override", "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte",
        "sealed", "short", "sizeof", "stackalloc", "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof",
        "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void", "volatile", "while",
    };

    /// <summary>The name, or <see langword="null"/> once it is reported.</summary>
    public static Spanned<string>? Check(Spanned<string>? name, DiagnosticBag diagnostics)
    {
        if (name is not { } given)
            return null;
        string? mistake = FindMistake(given.Value);
        if (mistake is null)
            return given;
        diagnostics.Report(
            SyntaxDiagnostics.InvalidModelName, given.Span, PrintableText.Quote(given.Value), mistake, Mend(given.Value));
        return null;
    }

    /// <summary>The namespace, or <see langword="null"/> once it is reported.</summary>
    public static Spanned<string>? CheckNamespace(Spanned<string>? name, DiagnosticBag diagnostics)
    {
        if (name is not { } given || FindNamespaceMistake(given.Value) is not { } mistake)
            return name;
        diagnostics.Report(SyntaxDiagnostics.InvalidNamespace, given.Span, PrintableText.Quote(given.Value), mistake);
        return null;
    }

    /// <summary>What is wrong with a namespace: the end of a sentence that begins with it; <see langword="null"/> if it is one.</summary>
    public static string? FindNamespaceMistake(string name) => name.Length > MaximumNamespaceLength
        ? $"has {NumberText.Write(name.Length)} characters, more than {NumberText.Write(MaximumNamespaceLength)}"
        : name.Split('.').Select(FindMistake).FirstOrDefault(mistake => mistake is not null) is { } mistake
            ? $"has a part that {mistake}"
            : null;

    private static string? FindMistake(string name)
    {
        if (name.Length == 0)
            return "is empty";
        if (name.Length > MaximumLength)
            return $"has {NumberText.Write(name.Length)} characters, more than {NumberText.Write(MaximumLength)}";
        if (Keywords.Contains(name))
            return "is a keyword of C#";
        if (!char.IsLetter(name[0]) && name[0] != '_')
            return "does not start with a letter";
        return name.All(IsNameCharacter) ? null : "has characters other than letters, digits and underscores";
    }

    private static bool IsNameCharacter(char character) => char.IsLetterOrDigit(character) || character == '_';

    /// <summary>The words of the name, each with a capital, after a letter: <c>opt-1.3b</c> becomes <c>Opt13b</c>.</summary>
    public static string Mend(string name)
    {
        string[] words = new string([.. name.Select(character => IsNameCharacter(character) ? character : ' ')])
            .Split([' '], StringSplitOptions.RemoveEmptyEntries);
        string joined = string.Concat(words.Select(word => char.ToUpperInvariant(word[0]) + word.Substring(1)));
        string mended = joined.Length > 0 && char.IsLetter(joined[0]) ? joined : "Model" + joined;
        return mended.Length > MaximumLength ? mended.Substring(0, MaximumLength / 2) : mended;
    }
}
