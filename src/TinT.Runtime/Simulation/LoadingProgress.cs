namespace TinT.Runtime.Simulation;

/// <summary>How much of a simulator's weights is loaded.</summary>
/// <param name="LoadedBytes">Bytes of weights that are loaded, as they are kept in memory.</param>
/// <param name="TotalBytes">Bytes of all weights.</param>
public readonly record struct LoadingProgress(long LoadedBytes, long TotalBytes);
