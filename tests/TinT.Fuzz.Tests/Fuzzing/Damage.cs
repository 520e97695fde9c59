namespace TinT.Fuzz.Tests.Fuzzing;

/// <summary>Damages files at a few places.</summary>
internal static class Damage
{
    private static readonly byte[] meaningful = [.. "0123456789-{}[],:\"\\ uFBINaI#\n\r\t"u8, 0, 0xEF, 0xBB, 0xBF, 0xC3, 0xFF];

    /// <summary>Flips bits, overwrites with characters that mean something to JSON, inserts, removes, repeats or cuts off bytes.</summary>
    public static byte[] Apply(byte[] valid, Choices choices)
    {
        List<byte> bytes = [.. valid];
        for (int count = choices.Between(1, 3); count > 0 && bytes.Count > 0; count--)
        {
            int at = choices.Below(bytes.Count);
            switch (choices.Below(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << choices.Below(8));
                    break;
                case 1:
                    bytes[at] = choices.Of(meaningful);
                    break;
                case 2:
                    bytes.Insert(at, choices.Of(meaningful));
                    break;
                case 3:
                    bytes.RemoveAt(at);
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(choices.Between(1, 40), bytes.Count - at)));
                    break;
                default:
                    bytes.RemoveRange(at, choices.Once(4) ? bytes.Count - at : Math.Min(choices.Between(1, 20), bytes.Count - at));
                    break;
            }
        }

        return [.. bytes];
    }
}
