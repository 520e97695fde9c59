using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TinT.Generator.Tests;

/// <summary>A property of a project file, as compilers get it.</summary>
/// <param name="name">Its name.</param>
/// <param name="value">Its value.</param>
internal sealed class ProjectProperty(string name, string value) : AnalyzerConfigOptionsProvider
{
    /// <inheritdoc/>
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Options($"build_property.{name}", value);

    /// <inheritdoc/>
    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    /// <inheritdoc/>
    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

    private sealed class Options(string wanted, string value) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, out string found)
        {
            bool isWanted = KeyComparer.Equals(key, wanted);
            found = isWanted ? value : string.Empty;
            return isWanted;
        }
    }
}
