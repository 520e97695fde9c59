namespace TinT.Cli.Rendering;

/// <summary>Tells each step of long work in a line of its own, apart from the results.</summary>
/// <param name="console">Where to.</param>
internal sealed class StepLines(TintConsole console) : IProgress<string>
{
    /// <inheritdoc/>
    public void Report(string value) => console.WriteErrorLine($"… {value}");
}
