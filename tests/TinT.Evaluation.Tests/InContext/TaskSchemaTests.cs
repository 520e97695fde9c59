using System.Text.Json;
using System.Text.RegularExpressions;
using TinT.Evaluation.InContext.Tasks;
using TinT.Tests.Common;

namespace TinT.Evaluation.Tests.InContext;

/// <summary>The schema of task files says what the reader takes.</summary>
public sealed class TaskSchemaTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_schema_of_the_repository_is_this_one() =>
        Assert.Equal(TaskSchema.Text(), File.ReadAllText(RepositoryFiles.InRepository("specs", "task.schema.json")).ReplaceLineEndings("\n"));

    [Theory]
    [InlineData("name", "Mine", true)]
    [InlineData("name", "", false)]
    [InlineData("name", "..", false)]
    [InlineData("name", "a/b", false)]
    [InlineData("template", "{text}: {label}", true)]
    [InlineData("template", "Text: {text}\nLabel: {label}", true)]
    [InlineData("template", "{text}: {label}.", false)]
    [InlineData("template", "{label}", false)]
    [InlineData("template", "{text} {text} {label}", false)]
    [InlineData("template", "{label} {text} {label}", false)]
    [InlineData("premise", "{label}", true)]
    [InlineData("premise", "\nLabel: {label}", true)]
    [InlineData("premise", "Label:", false)]
    [InlineData("premise", "{label} {label}", false)]
    public void A_text_matches_the_schema_if_and_only_if_it_is_read(string key, string value, bool isRight)
    {
        using JsonDocument schema = JsonDocument.Parse(TaskSchema.Text());
        string pattern = schema.RootElement.GetProperty("properties").GetProperty(key).GetProperty("pattern").GetString()!;
        Dictionary<string, object> task = Task();
        task[key] = value;

        Assert.Equal(isRight, Regex.IsMatch(value, pattern, RegexOptions.ECMAScript));
        Assert.Equal(isRight, IsRead(task));
    }

    [Fact]
    public void Required_keys_are_those_the_reader_needs_and_others_are_refused_by_both()
    {
        using JsonDocument schema = JsonDocument.Parse(TaskSchema.Text());
        string[] required = [.. schema.RootElement.GetProperty("required").EnumerateArray().Select(key => key.GetString()!)];

        foreach (JsonProperty property in schema.RootElement.GetProperty("properties").EnumerateObject())
        {
            Dictionary<string, object> task = Task();
            task.Remove(property.Name);
            Assert.Equal(!required.Contains(property.Name), IsRead(task));
        }

        Dictionary<string, object> more = Task();
        more["labelss"] = "x";
        Assert.False(IsRead(more));
        Assert.False(schema.RootElement.GetProperty("additionalProperties").GetBoolean());
        Assert.False(IsRead(new(Task()) { ["labels"] = new[] { "one" } }));
        Assert.Equal(2, schema.RootElement.GetProperty("properties").GetProperty("labels").GetProperty("minItems").GetInt32());
    }

    private static Dictionary<string, object> Task() => new()
    {
        ["$schema"] = "task.schema.json",
        ["name"] = "Mine",
        ["template"] = "{text}: {label}",
        ["premise"] = "{label}",
        ["labels"] = new[] { "a", "b" },
        ["separator"] = "\n\n",
    };

    private bool IsRead(Dictionary<string, object> task)
    {
        string path = Path.Combine(folder.FullName, "task.json");
        File.WriteAllText(path, JsonSerializer.Serialize(task));
        try
        {
            TaskFile.Read(path);
            return true;
        }
        catch (TaskFileException)
        {
            return false;
        }
    }
}
