using System.Runtime.CompilerServices;
using System.Text;
using DiffPlex;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace TinT.Tests.Common;

/// <summary>
/// Compares text with a verified file in the folder <c>_snapshots</c> beside the test, after the conventions of Verify: <c>Class.Method.verified.txt</c>. What
/// differs is written to <c>Class.Method.received.txt</c>; run with <c>TINT_ACCEPT_SNAPSHOTS=1</c> to accept it.
/// </summary>
public static class Snapshot
{
    private const string AcceptSwitch = "TINT_ACCEPT_SNAPSHOTS";
    private const int ContextLines = 3;

    private static bool IsAccepting => Environment.GetEnvironmentVariable(AcceptSwitch) == "1";

    /// <summary>Fails with a readable difference unless <paramref name="actual"/> is the verified text; line ends do not count.</summary>
    /// <param name="actual">The text.</param>
    /// <param name="extension">Extension of the files, such as <c>cs</c>.</param>
    /// <param name="parameters">Distinguishes several snapshots of one test: <c>Class.Method_parameters.verified.txt</c>.</param>
    /// <param name="accept">Whether to accept what differs; by default, as the environment switch says.</param>
    /// <param name="testFile">Filled in by the compiler.</param>
    /// <param name="testMethod">Filled in by the compiler.</param>
    public static void Match(
        string actual,
        string extension = "txt",
        string? parameters = null,
        bool? accept = null,
        [CallerFilePath] string testFile = "",
        [CallerMemberName] string testMethod = "")
    {
        string source = LocateSource(testFile);
        string name = $"{Path.GetFileNameWithoutExtension(source)}.{testMethod}{(parameters is null ? "" : "_" + parameters)}";
        string folder = Path.Combine(Path.GetDirectoryName(source)!, "_snapshots");
        string verifiedPath = Path.Combine(folder, $"{name}.verified.{extension}");
        string receivedPath = Path.Combine(folder, $"{name}.received.{extension}");

        string received = Normalize(actual);
        string? verified = File.Exists(verifiedPath) ? Normalize(File.ReadAllText(verifiedPath)) : null;
        if (received == verified)
        {
            File.Delete(receivedPath);
            return;
        }

        if (accept ?? IsAccepting)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(verifiedPath, received);
            File.Delete(receivedPath);
            return;
        }

        Directory.CreateDirectory(folder);
        File.WriteAllText(receivedPath, received);
        string headline = verified is null ? $"There is no {Path.GetFileName(verifiedPath)} yet." : $"{Path.GetFileName(verifiedPath)} differs:";
        Assert.Fail($"{headline}\n{Difference(verified ?? "", received)}\nIf the new text is right, run the test with {AcceptSwitch}=1.");
    }

    /// <summary>
    /// The same for a part of a page that is written for readers otherwise: the lines between <c>&lt;!-- name --&gt;</c> and <c>&lt;!-- end of name --&gt;</c>.
    /// </summary>
    /// <param name="page">Path of the page.</param>
    /// <param name="name">Name of the part.</param>
    /// <param name="actual">What it should be, whole lines.</param>
    /// <param name="accept">Whether to accept what differs; by default, as the environment switch says.</param>
    public static void MatchPart(string page, string name, string actual, bool? accept = null)
    {
        string text = Normalize(File.ReadAllText(page));
        string start = $"<!-- {name} -->\n", end = $"<!-- end of {name} -->\n";
        int from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        int to = text.IndexOf(end, StringComparison.Ordinal);
        Assert.True(from >= start.Length && to >= from, $"{page} has no lines {start.Trim()} and {end.Trim()}.");
        string received = Normalize(actual);
        if (text[from..to] == received)
            return;
        if (accept ?? IsAccepting)
            File.WriteAllText(page, text[..from] + received + text[to..]);
        else
            Assert.Fail($"The part '{name}' of {Path.GetFileName(page)} differs:\n{Difference(text[from..to], received)}\nIf the new text is right, run the test with {AcceptSwitch}=1.");
    }

    /// <summary>The changed lines, <c>-</c> verified and <c>+</c> received, with a few lines around them.</summary>
    /// <param name="verified">The old text.</param>
    /// <param name="received">The new text.</param>
    public static string Difference(string verified, string received)
    {
        List<DiffPiece> lines = new InlineDiffBuilder(new Differ()).BuildDiffModel(verified, received).Lines;
        var difference = new StringBuilder();
        bool skipped = false;
        for (int i = 0; i < lines.Count; i++)
        {
            int from = Math.Max(0, i - ContextLines);
            int count = Math.Min(lines.Count, i + ContextLines + 1) - from;
            bool isNearChange = lines.GetRange(from, count).Exists(line => line.Type != ChangeType.Unchanged);
            if (isNearChange)
                difference.Append(skipped ? "   …\n" : "").Append(Marker(lines[i].Type)).Append(lines[i].Text).Append('\n');
            skipped = !isNearChange;
        }

        return difference.ToString();
    }

    private static string Marker(ChangeType type) => type switch
    {
        ChangeType.Inserted => " + ",
        ChangeType.Deleted => " - ",
        _ => "   ",
    };

    /// <summary>The source file on disk; a deterministic build maps its path to one that does not exist.</summary>
    private static string LocateSource(string testFile)
    {
        if (File.Exists(testFile))
            return testFile;
        string unixPath = testFile.Replace('\\', '/');
        return RepositoryFiles.InRepository(unixPath[(unixPath.LastIndexOf("/tests/", StringComparison.Ordinal) + 1)..]);
    }

    private static string Normalize(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);
}
