using TinT.Runtime.Checkpoints;
using TinT.Tests.Common;

namespace TinT.Cli.Tests.Commands;

/// <summary>What tests of <c>tint run</c> with the byte model share: a folder with an input and an output file.</summary>
public abstract class RunTests : IDisposable
{
    private static readonly int[] threeTokens = [72, 105, 33];

    /// <summary>Trains on the first two of three tokens.</summary>
    protected static float[] ThreeMasks { get; } = [1, 1, 0];

    /// <summary>Folder of the two files.</summary>
    protected TemporaryFolder Folder { get; } = new();

    /// <summary>Path of the input.</summary>
    protected string Input => Folder.File("input.safetensors");

    /// <summary>Path of the output.</summary>
    protected string Output => Folder.File("output.safetensors");

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Three tokens as <c>input_ids</c>.</summary>
    protected static TensorData Ids(int[] shape) => TensorData.FromInt32s("input_ids", threeTokens, shape);

    /// <summary><see cref="ThreeMasks"/> as <c>training_mask</c>.</summary>
    protected static TensorData Mask(int[] shape) => TensorData.FromSingles("training_mask", ThreeMasks, shape);

    /// <summary>Writes the input.</summary>
    protected void Write(params TensorData[] tensors) => SafetensorsWriter.Write(Input, tensors);

    /// <summary>The command line.</summary>
    protected string[] Arguments(params string[] options) =>
        ["run", ByteModel.Spec, "--checkpoint", ByteModel.Checkpoint, "--input", Input, "--output", Output, .. options];

    /// <summary>Runs the command; if it fails, there must be no output file.</summary>
    private protected CommandResult Run(params string[] options)
    {
        CommandResult result = Tint.Run(Arguments(options));
        if (result.ExitCode != 0)
            Assert.False(File.Exists(Output));
        return result;
    }

    /// <summary>The output for an input.</summary>
    protected byte[] RunToBytes(params TensorData[] tensors)
    {
        Write(tensors);
        Run("--weight-updates").AssertDone();
        return File.ReadAllBytes(Output);
    }
}
