using TinT.Compiler.Specs;
using TinT.Compiler.Specs.Reading;

namespace TinT.Agreement.Tests;

/// <summary>Specs from text.</summary>
internal static class SpecTexts
{
    /// <summary>Reads a spec that must be right.</summary>
    public static ModelSpec Read(string text)
    {
        SpecReadResult result = SpecReader.Read(text);
        Assert.True(result.Spec is not null, string.Join('\n', result.Diagnostics));
        return result.Spec!;
    }
}
