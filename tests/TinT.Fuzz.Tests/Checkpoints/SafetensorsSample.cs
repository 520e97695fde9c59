using TinT.Fuzz.Tests.Fuzzing;
using TinT.Runtime.Checkpoints;

namespace TinT.Fuzz.Tests.Checkpoints;

/// <summary>A file as our writer writes it.</summary>
internal static class SafetensorsSample
{
    public static byte[] Bytes { get; } = Write();

    private static byte[] Write()
    {
        using ScratchFolder folder = new();
        string path = Path.Combine(folder.FullName, "valid.safetensors");
        SafetensorsWriter.Write(
            path,
            [
                TensorData.FromSingles("wte.weight", [1f, 2f, 3f, 4f, 5f, 6f], 2, 3),
                TensorData.FromInt64s("ids", [1, 2], 1, 2),
                TensorData.FromBytes("mask", TensorType.Bool, [0, 1, 1], 3),
            ],
            new Dictionary<string, string> { ["format"] = "pt" });
        return File.ReadAllBytes(path);
    }
}
