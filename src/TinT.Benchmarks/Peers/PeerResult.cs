namespace TinT.Benchmarks.Peers;

/// <summary>A model's times beside those of its peers.</summary>
/// <param name="Model">Name of its spec.</param>
/// <param name="Tokens">Tokens of the sequence, half of which train.</param>
/// <param name="Step">A step of TinT and the pass after it, with the losses of scored tokens.</param>
/// <param name="Usual">Exact SGD in PyTorch, as it comes.</param>
/// <param name="Best">The same, with everything that serves it best.</param>
/// <param name="Losses">TinT's forward pass with the losses of all tokens.</param>
/// <param name="Logits">TinT's forward pass with their logits.</param>
/// <param name="Onnx">ONNX Runtime's forward pass with their logits.</param>
internal sealed record PeerResult(string Model, int Tokens, PeerTimes Step, PeerTimes Usual, PeerTimes Best, PeerTimes Losses, PeerTimes Logits, PeerTimes Onnx);
