using System.Text;

namespace TinT.Runtime.Tests.Checkpoints;

/// <summary>Damages files at random places, the same for the same seed.</summary>
internal static class ByteDamage
{
    /// <summary>Flips bits, overwrites with characters that mean something to JSON, inserts or removes bytes.</summary>
    public static byte[] Apply(byte[] valid, Random random)
    {
        byte[] meaningful = Encoding.UTF8.GetBytes("0123456789-{}[],:\"\\ uFBI\0");
        List<byte> bytes = [.. valid];
        for (int count = random.Next(1, 4); count > 0; count--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = meaningful[random.Next(meaningful.Length)];
                    break;
                case 2:
                    bytes.Insert(at, meaningful[random.Next(meaningful.Length)]);
                    break;
                default:
                    bytes.RemoveAt(at);
                    break;
            }
        }

        return [.. bytes];
    }
}
