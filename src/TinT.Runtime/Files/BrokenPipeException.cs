namespace TinT.Runtime.Files;

/// <summary>A pipe whose reader has gone.</summary>
internal sealed class BrokenPipeException() : IOException("nobody reads it any more");
