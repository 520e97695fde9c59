using System.Text.Json;

namespace TinT.Evaluation.InContext.Tasks;

/// <summary>Reads a task from a JSON file: <c>name</c>, <c>template</c>, <c>premise</c>, <c>labels</c> in the order of their indices, and <c>separator</c>.</summary>
public static class TaskFile
{
    private static readonly string[] keys = ["$schema", .. TaskSchema.Keys.Select(key => key.Name)];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="TaskFileException">It cannot be read, or describes no task.</exception>
    public static ClassificationTask Read(string path)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(
                File.ReadAllBytes(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return Parsed(path, json.RootElement);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TaskFileException(path, $"cannot be read: {exception.Message}", exception);
        }
        catch (JsonException exception)
        {
            throw new TaskFileException(
                path, FormattableString.Invariant($"line {(exception.LineNumber ?? 0) + 1} is not valid JSON: {exception.Message}"), exception);
        }
    }

    private static ClassificationTask Parsed(string path, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw new TaskFileException(path, "describes no task; write an object with name, template, premise and labels.");
        foreach (JsonProperty property in json.EnumerateObject())
        {
            if (!keys.Contains(property.Name))
                throw new TaskFileException(path, $"has the key '{property.Name}', which tasks do not have; they have {string.Join(", ", keys[1..])}.");
        }

        string name = Text(path, json, "name");
        if (name.Length == 0 || name.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0 || name is "." or "..")
            throw new TaskFileException(path, $"the name '{name}' cannot be that of a folder, where the task's data are.");
        string template = Text(path, json, "template");
        string premise = Text(path, json, "premise");
        if (template.Split(TaskTemplate.TextPlace).Length != 2)
            throw new TaskFileException(path, $"the template must have {TaskTemplate.TextPlace} once.");
        foreach ((string key, string text) in ((string, string)[])[("template", template), ("premise", premise)])
        {
            if (!text.EndsWith(TaskTemplate.LabelPlace, StringComparison.Ordinal) || text.Split(TaskTemplate.LabelPlace).Length != 2)
                throw new TaskFileException(path, $"the {key} must end in {TaskTemplate.LabelPlace}, and have it once.");
        }

        string[] labels = json.TryGetProperty("labels", out JsonElement words) && words.ValueKind == JsonValueKind.Array && words.EnumerateArray().All(
            word => word.ValueKind == JsonValueKind.String)
            ? [.. words.EnumerateArray().Select(word => word.GetString()!)]
            : throw new TaskFileException(path, "has no 'labels', an array of the words of the classes in the order of their indices.");
        if (labels.Length < 2 || labels.Any(string.IsNullOrWhiteSpace) || labels.Distinct(StringComparer.Ordinal).Count() < labels.Length)
            throw new TaskFileException(path, "'labels' needs at least two words, each once and none empty.");
        TaskTemplate task = new(template, premise, labels);
        return new ClassificationTask(name, [json.TryGetProperty("separator", out _) ? task with { Separator = Text(path, json, "separator") } : task]);
    }

    private static string Text(string path, JsonElement json, string key) =>
        json.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String
        ? value.GetString()!
        : throw new TaskFileException(path, $"has no text under '{key}'.");
}
