namespace ILGPU.Runtime;

/// <summary>A device refuses.</summary>
/// <param name="message">What and why.</param>
public sealed class AcceleratorException(string message) : Exception(message);
