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
    /// <exception cref="InvalidOperationException">Python or torch is missing; the message has what Python said.</exception>
    public static PyTorchPeer Start(
        string python, string checkpoint, AuxiliaryDescription auxiliary, int tokens, int trainingTokens, double learningRate, int threads)
    {
        var start = new ProcessStartInfo(python)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Peers", "exact_sgd.py"));
        foreach (object argument in new object[] { checkpoint, Describe(auxiliary), tokens, trainingTokens, learningRate, threads })
            start.ArgumentList.Add(string.Create(CultureInfo.InvariantCulture, $"{argument}"));
        if (OpenBlas.WantedCore is { } core)
            start.Environment[OpenBlas.CoreVariable] = core;
        Process process = Process.Start(start)!;
        if (process.StandardOutput.ReadLine() != "ready")
        {
            process.Dispose();
            throw new InvalidOperationException($"The peer did not start: {python} needs torch (Debian: python3-torch and, for a fair comparison, libopenblas0-pthread); its message is above.");
        }

        return new PyTorchPeer(process);
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
