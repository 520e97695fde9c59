namespace TinT.Literal.Export;

/// <summary>How much of an export is written.</summary>
/// <param name="WrittenBytes">Bytes of tensors written.</param>
/// <param name="TotalBytes">Bytes of all tensors.</param>
public readonly record struct ExportProgress(long WrittenBytes, long TotalBytes);
