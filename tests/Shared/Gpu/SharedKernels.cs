using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TinT.Tests.Common;

/// <summary>
/// Kernels of several specs, those written once that are the same in text and in everything that they refer to: small specs differ in some of their
/// kernels only, and compiling kernels takes most of the time of a test run. Each spec still runs exactly the text that was generated for it.
/// </summary>
internal sealed partial class SharedKernels
{
    /// <summary>Names of classes by the text of their only member, in which other members are named with their class.</summary>
    private readonly Dictionary<string, string> classes = new(StringComparer.Ordinal);

    private string usings = string.Empty;

    /// <summary>The classes so far, a member in each, so that all keep their names.</summary>
    public string Source
    {
        get
        {
            var source = new StringBuilder($"{usings}\nnamespace TinT.Generated;\n");
            foreach ((string member, string name) in classes)
                source.Append(CultureInfo.InvariantCulture, $"\ninternal static class {name}<TGroup>\n    where TGroup : struct, IGroup\n{{\n{member}}}\n");
            return source.ToString();
        }
    }

    /// <summary>Adds the kernels that a simulator loads; returns the simulator's text with their new names.</summary>
    /// <param name="simulator">Text of the generated simulator.</param>
    /// <param name="layout">Text of the layout, whose constants kernels use.</param>
    /// <param name="kernels">Text of the class with the kernels.</param>
    public string Share(string simulator, string layout, string kernels)
    {
        usings = string.Concat(Using().Matches(kernels).Select(match => match.Value + "\n"));
        Dictionary<string, string> members = Members(layout, kernels);
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        return KernelName().Replace(simulator, match =>
        {
            string member = match.Groups["member"].Value;
            return $"{ClassOf(member, members, known)}<{match.Groups["group"].Value}>.{member}";
        });
    }

    /// <summary>The class that a member is in, after adding it unless it is known, with what it refers to before it.</summary>
    private string ClassOf(string name, Dictionary<string, string> members, Dictionary<string, string> known)
    {
        if (known.TryGetValue(name, out string? owner))
            return owner;
        string text = Identifier().Replace(members[name], match =>
            match.Value != name && members.ContainsKey(match.Value) ? $"{ClassOf(match.Value, members, known)}<TGroup>.{match.Value}" : match.Value);
        if (!classes.TryGetValue(text, out owner))
            classes[text] = owner = string.Create(CultureInfo.InvariantCulture, $"Shared{classes.Count}");
        return known[name] = owner;
    }

    /// <summary>Members of a class of kernels and constants of the layout, by name.</summary>
    private static Dictionary<string, string> Members(string layout, string kernels)
    {
        var members = Constant().Matches(layout).ToDictionary(match => match.Groups["name"].Value, match => match.Value + "\n", StringComparer.Ordinal);
        foreach (Match match in Member().Matches(Documentation().Replace(kernels, string.Empty)))
            members.Add(match.Groups["name"].Value, match.Value.Replace("    private ", "    public ", StringComparison.Ordinal));
        return members;
    }

    [GeneratedRegex(@"\b\w+IlgpuKernels<(?<group>\w+)>\.(?<member>\w+)")]
    private static partial Regex KernelName();

    /// <summary>Namespaces and short names of types, but not members of the model's layout.</summary>
    [GeneratedRegex(@"^using (?!static ).*$", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"(?<![\w.])[A-Z]\w*")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"^    public const \w+ (?<name>\w+) = .*;$", RegexOptions.Multiline)]
    private static partial Regex Constant();

    [GeneratedRegex(@"^ *///.*\n", RegexOptions.Multiline)]
    private static partial Regex Documentation();

    /// <summary>Attributes, the line with the name, and all lines behind it but the next member's.</summary>
    [GeneratedRegex(@"^(    \[.*\n)*    (public|private) [^(=\n]*?(?<name>\w+)( =|\().*\n((     .*|    [{}]|)\n)*", RegexOptions.Multiline)]
    private static partial Regex Member();
}
