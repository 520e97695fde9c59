namespace TinT.Runtime.Cpu.Tiles;

/// <summary>The pieces of one unit in a worker's share, where the pieces of a unit follow each other.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="First">Its first piece in the share.</param>
/// <param name="End">Behind its last.</param>
internal readonly record struct UnitPart(int Unit, int First, int End)
{
    public int Count => End - First;

    /// <summary>The part that begins with a piece of the share.</summary>
    /// <param name="piece">The piece, counted through all units.</param>
    /// <param name="end">Behind the last piece of the share.</param>
    /// <param name="unitPieces">Pieces of a unit.</param>
    public static UnitPart At(int piece, int end, int unitPieces)
    {
        (int unit, int first) = Math.DivRem(piece, unitPieces);
        return new UnitPart(unit, first, Math.Min(unitPieces, first + end - piece));
    }
}
