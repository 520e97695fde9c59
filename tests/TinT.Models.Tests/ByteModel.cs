using TinT.Tests.Common;

namespace TinT.Models.Tests;

/// <summary>The small byte-level GPT-2 that ships with the project.</summary>
internal static class ByteModel
{
    /// <summary>Folder of its checkpoint.</summary>
    public static string Checkpoint => RepositoryFiles.InRepository("src", "TinT.Cli", "Models", "byte-gpt2");
}
