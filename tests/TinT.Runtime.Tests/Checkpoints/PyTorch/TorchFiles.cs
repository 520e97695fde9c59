using TinT.Runtime.Checkpoints;
using TinT.Tests.Common;

namespace TinT.Runtime.Tests.Checkpoints.PyTorch;

/// <summary>Files of PyTorch beside the tests, and files made of bytes.</summary>
internal static class TorchFiles
{
    /// <summary>Path of a file that PyTorch wrote.</summary>
    public static string Written(string name) =>
        Path.Combine(RepositoryFiles.InRepository("tests", "TinT.Runtime.Tests", "Checkpoints", "PyTorch", "Files"), name);

    /// <summary>Message of the error that opening these bytes gives, without the path in front.</summary>
    public static string ErrorOf(byte[] bytes)
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("bad.bin");
        File.WriteAllBytes(path, bytes);
        return ErrorOf(path);
    }

    /// <summary>Message of the error that opening a path gives, without the path in front.</summary>
    public static string ErrorOf(string path)
    {
        CheckpointFormatException exception = Assert.Throws<CheckpointFormatException>(() => PyTorchFile.Open(path).Dispose());
        Assert.StartsWith(path + ": ", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(exception.Message, char.IsControl);
        return exception.Message[(path.Length + 2)..];
    }

    /// <summary>All elements of a tensor.</summary>
    public static double[] Elements(this PyTorchFile file, string name) =>
        file.TryGetTensor(name, out CheckpointTensor? tensor) ? tensor.ReadDoubles() : throw new KeyNotFoundException(name);
}
