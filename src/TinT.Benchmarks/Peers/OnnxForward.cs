using Microsoft.ML.OnnxRuntime;

namespace TinT.Benchmarks.Peers;

/// <summary>A model's forward pass in ONNX Runtime: the logits of every token.</summary>
internal sealed class OnnxForward : IDisposable
{
    private readonly InferenceSession session;
    private readonly RunOptions options = new();
    private readonly OrtValue ids;

    /// <summary>Loads a model.</summary>
    /// <param name="path">The ONNX file, which takes as many tokens as there are here.</param>
    /// <param name="tokens">The tokens.</param>
    /// <param name="threads">Threads it may use.</param>
    public OnnxForward(string path, int[] tokens, int threads)
    {
        using SessionOptions settings = new()
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };

        // Otherwise its threads poll for work while the other side has its turn.
        settings.AddSessionConfigEntry("session.intra_op.allow_spinning", "1");
        settings.AddSessionConfigEntry("session.force_spinning_stop", "1");
        session = new InferenceSession(path, settings);
        ids = OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(tokens, token => (long)token), [tokens.Length]);
    }

    /// <summary>Runs the pass.</summary>
    /// <returns>The first logit, to compare.</returns>
    public float Run()
    {
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(options, ["ids"], [ids], ["logits"]);
        return results[0].GetTensorDataAsSpan<float>()[0];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ids.Dispose();
        options.Dispose();
        session.Dispose();
    }
}
