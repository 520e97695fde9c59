namespace TinT.Cli.Sweeps.Clusters;

/// <summary>Words of a shell's command line.</summary>
internal static class ShellText
{
    /// <summary>A word that the shell takes as it is.</summary>
    /// <param name="word">The word.</param>
    public static string Quote(string word) => word.Length > 0 && word.All(character => char.IsAsciiLetterOrDigit(character) || "/._-=,:+%@".Contains(character, StringComparison.Ordinal))
        ? word
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>How this process was called.</summary>
    public static string ThisTool()
    {
        string process = Environment.ProcessPath ?? "dotnet";
        string library = typeof(ShellText).Assembly.Location;
        return Path.GetFileNameWithoutExtension(process) == "dotnet" || library.Length > 0 && Path.GetFileNameWithoutExtension(process) != Path.GetFileNameWithoutExtension(library)
            ? $"{Quote(Path.GetFileNameWithoutExtension(process) == "dotnet" ? process : "dotnet")} {Quote(library)}"
            : Quote(process);
    }
}
