using System.Text.Json;
using TinT.Compiler.Specs.Format;
using TinT.Compiler.Specs.Reading;
using TinT.Tests.Common;

namespace TinT.Compiler.Tests.Specs;

public sealed class SpecSchemaTests
{
    [Fact]
    public void The_schema_for_editors_says_what_the_reader_accepts()
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(RepositoryFiles.InRepository("specs", "tint.schema.json")));

        Assert.Equal("http://json-schema.org/draft-07/schema#", schema.RootElement.GetProperty("$schema").GetString());
        CheckSection(SpecFormat.Root, schema.RootElement);
    }

    private static void CheckSection(SectionKey section, JsonElement schema)
    {
        Assert.False(schema.GetProperty("additionalProperties").GetBoolean());
        Assert.Equal(section.RequiredKeys, schema.TryGetProperty("required", out JsonElement required) ? Texts(required) : []);
        JsonElement properties = schema.GetProperty("properties");
        Assert.Equal(section.Keys.Select(key => key.Name), properties.EnumerateObject().Select(property => property.Name));
        foreach (KeyFormat key in section.Keys)
        {
            JsonElement property = properties.GetProperty(key.Name);
            Assert.False(string.IsNullOrWhiteSpace(property.GetProperty("description").GetString()), section.PathOf(key));
            CheckKey(key, property);
        }
    }

    private static void CheckKey(KeyFormat key, JsonElement property)
    {
        switch (key)
        {
            case SectionKey section:
                CheckSection(section, property);
                break;
            case ChoiceKey choice:
                Assert.Equal(choice.Words, Texts(property.GetProperty("enum")));
                break;
            case IntegerKey when key == SpecFormat.FormatVersion:
                Assert.Equal(SpecFormat.Version, property.GetProperty("const").GetInt32());
                break;
            case IntegerKey integer:
                Assert.Equal("integer", property.GetProperty("type").GetString());
                Assert.Equal((integer.Minimum, integer.Maximum), (property.GetProperty("minimum").GetInt32(), property.GetProperty("maximum").GetInt32()));
                break;
            case NumberKey number:
                Assert.Equal("number", property.GetProperty("type").GetString());
                Assert.Equal((number.Minimum, number.Maximum), (property.GetProperty("minimum").GetDouble(), property.GetProperty("maximum").GetDouble()));
                break;
            case BooleanKey:
                Assert.Equal("boolean", property.GetProperty("type").GetString());
                break;
            default:
                Assert.Equal("string", property.GetProperty("type").GetString());
                Assert.Equal(key == SpecFormat.Namespace ? ModelName.MaximumNamespaceLength : ModelName.MaximumLength, property.GetProperty("maxLength").GetInt32());
                break;
        }
    }

    private static IEnumerable<string?> Texts(JsonElement array) => array.EnumerateArray().Select(item => item.GetString());
}
