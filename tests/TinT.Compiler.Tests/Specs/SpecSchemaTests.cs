using TinT.Compiler.Specs.Format;
using TinT.Tests.Common;

namespace TinT.Compiler.Tests.Specs;

public sealed class SpecSchemaTests
{
    /// <summary>The schema is no page of its own: it is what the rows of the format say.</summary>
    [Fact]
    public void The_schema_for_editors_says_what_the_reader_accepts() =>
        Page.Match(RepositoryFiles.InRepository("specs", "tint.schema.json"), SpecSchema.Text());

    [Fact]
    public void Every_key_says_what_it_means() =>
        Assert.All(Keys(SpecFormat.Root), key => Assert.False(string.IsNullOrWhiteSpace(key.Description), key.Name));

    private static IEnumerable<KeyFormat> Keys(KeyFormat key) => key is SectionKey section ? section.Keys.SelectMany(Keys).Prepend(key) : [key];
}
