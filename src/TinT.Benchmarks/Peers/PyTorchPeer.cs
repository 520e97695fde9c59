using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using TinT.Model;
using TinT.Model.Architectures;
using TinT.Model.Parameters;

namespace TinT.Benchmarks.Peers;

/// <summary>The peer process: exact SGD in PyTorch, one step for each line it is sent.</summary>
internal sealed class PyTorchPeer : IDisposable
{
    private static readonly JsonSerializerOptions Format =
        new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Converters = { new JsonStringEnumConverter() } };

    private readonly Process process;

    private PyTorchPeer(Process process) => this.process = process;

    /// <summary>Starts Python and waits until it has loaded the checkpoint.</summary>
    /// <param name="python">A Python with torch.</param>
    /// <param name="step">What a step is.</param>
    /// <param name="best">Whether the peer has everything that serves it best, or is as it comes.</param>
    /// <exception cref="InvalidOperationException">Python or torch is missing; the message has what Python said.</exception>
    public static PyTorchPeer Start(string python, PeerStep step, bool best)
    {
        Process process = Run(python, step, best, best ? ["--best"] : []);
        if (process.StandardOutput.ReadLine() != "ready")
        {
            process.Dispose();
            throw new InvalidOperationException($"The peer did not start: {python} needs torch (Debian: python3-torch and, for a fair comparison, libopenblas0-pthread); its message is above.");
        }

        return new PyTorchPeer(process);
    }

    /// <summary>Writes the forward pass over a step's tokens, with its weights, as ONNX.</summary>
    /// <param name="python">A Python with torch.</param>
    /// <param name="step">The checkpoint and its tokens.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidOperationException">PyTorch does not export it; the message has what Python said.</exception>
    public static void Export(string python, PeerStep step, string path)
    {
        using Process process = Run(python, step, best: false, ["--onnx", path]);
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException("PyTorch did not export the model; its message is above.");
    }

    /// <summary>Seconds of one step with its evaluation, and the mean loss behind the training part before and after.</summary>
    public (double Seconds, double Before, double After) Step()
    {
        process.StandardInput.WriteLine();
        process.StandardInput.Flush();
        double[] values = [.. ReadLine().Split(' ').Select(v => double.Parse(v, CultureInfo.InvariantCulture))];
        return (values[0], values[1], values[2]);
    }

    /// <summary>Ends the peer; its peak resident memory in MiB.</summary>
    public double Finish()
    {
        process.StandardInput.Close();
        return double.Parse(ReadLine(), CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }

    private static Process Run(string python, PeerStep step, bool best, string[] options)
    {
        var start = new ProcessStartInfo(python)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Peers", "exact_sgd.py"));
        object[] arguments = [step.Checkpoint, Describe(step.Auxiliary), step.Tokens, step.TrainingTokens, step.LearningRate, step.Threads, .. options];
        foreach (object argument in arguments)
            start.ArgumentList.Add(string.Create(CultureInfo.InvariantCulture, $"{argument}"));
        if (best)
        {
            foreach ((string name, string value) in PeerEnvironment.Tuned)
                start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>The model and the tensors of its checkpoints, for the script.</summary>
    private static string Describe(AuxiliaryDescription auxiliary) => JsonSerializer.Serialize(
        new
        {
            Model = auxiliary,
            Frequencies = auxiliary.Rotary?.Frequencies(),
            Slopes = auxiliary.Slopes(),
            Windows = Enumerable.Range(0, auxiliary.LayerCount).Select(auxiliary.WindowOf),
            Tensors = auxiliary.Tensors().Select(tensor => new
            {
                tensor.Name,
                tensor.Transposed,
                tensor.InterleavesGroups,
                tensor.Offset,
                IsTrained = tensor.Parts.Select(ParameterRoles.Of).All(role => role.IsOfLayers || role.Module == "final_norm"),
                Parts = tensor.Parts.Select(ParameterRoles.Of).Select(role => $"{role.Module}.{role.Field.ToString().ToLowerInvariant()}"),
            }),
        },
        Format);

    private string ReadLine() => process.StandardOutput.ReadLine()
        ?? throw new InvalidOperationException("The peer ended early; its message is above.");
}
