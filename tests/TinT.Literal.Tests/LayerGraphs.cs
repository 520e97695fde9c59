using TinT.Compiler.Construction;
using TinT.Compiler.Specs.Reading;

namespace TinT.Literal.Tests;

/// <summary>Layer graphs of specs.</summary>
internal static class LayerGraphs
{
    /// <summary>The graph of a spec's text, which must be right.</summary>
    public static LayerGraph OfText(string text)
    {
        SpecReadResult result = SpecReader.Read(text);
        Assert.True(result.Spec is not null, string.Join('\n', result.Diagnostics));
        return BuildLayerGraph.Run(result.Spec!);
    }

    /// <summary>The graph of a spec file.</summary>
    public static LayerGraph OfFile(string path) => OfText(File.ReadAllText(path));
}
