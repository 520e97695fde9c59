using System.Globalization;

namespace TinT.Compiler.Text;

/// <summary>Names of signals, parameters and modules as C# identifiers, and numbers as C# literals.</summary>
internal static class Identifiers
{
    /// <summary>AttentionQueryKeyWeight for attention.query_key.weight.</summary>
    public static string Pascal(string name) =>
        string.Concat(name.Split('.', '_').Select(part => char.ToUpperInvariant(part[0]) + part.Substring(1)));

    /// <summary>attentionInput for attention_input.</summary>
    public static string Camel(string name)
    {
        string pascal = Pascal(name);
        return char.ToLowerInvariant(pascal[0]) + pascal.Substring(1);
    }

    /// <summary>A float literal.</summary>
    public static string Float(double value) => ((float)value).ToString("R", CultureInfo.InvariantCulture) + "f";

    /// <summary>A double literal.</summary>
    public static string Double(double value) => value.ToString("R", CultureInfo.InvariantCulture) + "d";

    /// <summary>An integer literal.</summary>
    public static string Integer(long value) => value.ToString(CultureInfo.InvariantCulture);
}
