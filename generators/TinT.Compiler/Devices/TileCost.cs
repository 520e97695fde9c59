namespace TinT.Compiler.Devices;

/// <summary>What a launch of a tiled kernel asks of a device.</summary>
/// <param name="Groups">Groups of its grid.</param>
/// <param name="Operations">Operations, those on the zeros that fill up tiles included; a multiply-add is 2.</param>
/// <param name="Reads">Floats of global memory read, each as often as a tile asks for it.</param>
/// <param name="Writes">Floats of global memory written.</param>
public readonly record struct TileCost(long Groups, long Operations, long Reads, long Writes);
