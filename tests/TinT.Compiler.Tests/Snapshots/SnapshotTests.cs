using TinT.Tests.Common;
using Xunit.Sdk;

namespace TinT.Compiler.Tests.Snapshots;

public sealed class SnapshotTests
{
    [Fact]
    public void A_difference_shows_the_changed_lines_and_their_surroundings()
    {
        string verified = string.Join('\n', Enumerable.Range(1, 20).Select(line => $"line {line}"));
        string received = verified.Replace("line 10\n", "line ten\n", StringComparison.Ordinal);

        Assert.Equal(
            """
               …
               line 7
               line 8
               line 9
             - line 10
             + line ten
               line 11
               line 12
               line 13

            """,
            Snapshot.Difference(verified, received));
    }

    [Fact]
    public void A_mismatch_fails_and_leaves_the_received_text_beside_the_verified_until_it_is_accepted()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("snapshot");
        try
        {
            string test = Path.Combine(folder.FullName, "SomeTests.cs");
            File.WriteAllText(test, "");
            DirectoryInfo snapshots = folder.CreateSubdirectory("_snapshots");
            File.WriteAllText(Path.Combine(snapshots.FullName, "SomeTests.Case_a.verified.txt"), "old\r\n");
            Snapshot.Match("old\n", parameters: "a", testFile: test, testMethod: "Case");

            FailException failure = Assert.Throws<FailException>(
                () => Snapshot.Match("new\n", parameters: "a", accept: false, testFile: test, testMethod: "Case"));

            Assert.Contains(" - old\n + new\n", failure.Message, StringComparison.Ordinal);
            Assert.Equal("new\n", File.ReadAllText(Path.Combine(snapshots.FullName, "SomeTests.Case_a.received.txt")));
            Snapshot.Match("new\n", parameters: "a", accept: true, testFile: test, testMethod: "Case");
            Assert.Equal(["SomeTests.Case_a.verified.txt"], snapshots.GetFiles().Select(file => file.Name));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_part_of_a_page_is_compared_with_what_it_should_be()
    {
        string page = Path.GetTempFileName();
        try
        {
            File.WriteAllText(page, "before\n<!-- part -->\nold\n<!-- end of part -->\nafter\n");
            Snapshot.MatchPart(page, "part", "old\n", accept: false);
            FailException failure = Assert.Throws<FailException>(() => Snapshot.MatchPart(page, "part", "new\n", accept: false));
            Assert.Contains(" - old\n + new\n", failure.Message, StringComparison.Ordinal);
            Snapshot.MatchPart(page, "part", "new\n", accept: true);
            Assert.Equal("before\n<!-- part -->\nnew\n<!-- end of part -->\nafter\n", File.ReadAllText(page));
            Assert.Throws<TrueException>(() => Snapshot.MatchPart(page, "other part", ""));
        }
        finally
        {
            File.Delete(page);
        }
    }
}
