using TinT.Tests.Common;

namespace TinT.Cli.Tests;

/// <summary>The byte-level GPT-2 that ships with the tool: vocabulary 256, context 256, four layers.</summary>
internal static class ByteModel
{
    public static string Spec { get; } = RepositoryFiles.InRepository("specs", "byte-gpt2.tint.yaml");

    /// <summary>The checkpoint, as it lies beside the program.</summary>
    public static string Checkpoint { get; } = Path.Combine(AppContext.BaseDirectory, "Models", "byte-gpt2");

    /// <summary>Copies the checkpoint, to be spoilt.</summary>
    public static void CopyTo(string directory)
    {
        foreach (string file in Directory.GetFiles(Checkpoint))
            File.Copy(file, Path.Combine(directory, Path.GetFileName(file)));
    }
}
