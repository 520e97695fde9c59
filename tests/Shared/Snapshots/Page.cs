namespace TinT.Tests.Common;

/// <summary>
/// Compares files of the repository, or parts of pages, with what they are made of. Run with <c>TINT_ACCEPT_SNAPSHOTS=1</c> to write what differs.
/// </summary>
public static class Page
{
    private const string AcceptSwitch = "TINT_ACCEPT_SNAPSHOTS";

    /// <summary>Fails with a readable difference unless the file holds the text.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">The text.</param>
    public static void Match(string path, string text)
    {
        string actual = File.Exists(path) ? File.ReadAllText(path).Replace("\r\n", "\n", StringComparison.Ordinal) : string.Empty;
        if (actual == text)
            return;
        if (Environment.GetEnvironmentVariable(AcceptSwitch) == "1")
            File.WriteAllText(path, text);
        else
            Assert.Fail($"{Path.GetFileName(path)} differs from what it is made of:\n{Snapshot.Difference(actual, text)}\nIf the new text is right, run the test with {AcceptSwitch}=1.");
    }

    /// <summary>Fails with a readable difference unless the part of a page between <c>&lt;!-- name --&gt;</c> and <c>&lt;!-- end of name --&gt;</c> is the text.</summary>
    /// <param name="path">The page.</param>
    /// <param name="name">Name of the part.</param>
    /// <param name="text">The text, with a line feed at its end.</param>
    public static void MatchPart(string path, string name, string text)
    {
        string page = File.ReadAllText(path).Replace("\r\n", "\n", StringComparison.Ordinal);
        string begin = $"<!-- {name} -->\n";
        string end = $"<!-- end of {name} -->\n";
        int first = page.IndexOf(begin, StringComparison.Ordinal);
        int last = page.IndexOf(end, StringComparison.Ordinal);
        Assert.True(first >= 0 && last > first, $"{path} has no part between '{begin.TrimEnd()}' and '{end.TrimEnd()}'.");
        Match(path, page[..(first + begin.Length)] + text + page[last..]);
    }
}
