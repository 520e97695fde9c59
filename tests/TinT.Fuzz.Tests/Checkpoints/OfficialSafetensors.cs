using System.Buffers.Binary;
using System.Text;

namespace TinT.Fuzz.Tests.Checkpoints;

/// <summary>
/// The rules of the official reader of safetensors (<c>SafeTensors::read_metadata</c> and <c>Metadata::validate</c> of the Rust crate),
/// written out without regard to ours.
/// </summary>
internal static class OfficialSafetensors
{
    private const ulong LongestHeader = 100_000_000;
    private const string MetadataKey = "__metadata__";

    private static readonly UTF8Encoding strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Bits of an element of each type.</summary>
    public static IReadOnlyDictionary<string, ulong> Types { get; } = new Dictionary<string, ulong>(StringComparer.Ordinal)
    {
        ["BOOL"] = 8, ["F4"] = 4, ["F6_E2M3"] = 6, ["F6_E3M2"] = 6, ["U8"] = 8, ["I8"] = 8, ["F8_E5M2"] = 8, ["F8_E4M3"] = 8, ["F8_E8M0"] = 8,
        ["F8_E4M3FNUZ"] = 8, ["F8_E5M2FNUZ"] = 8, ["I16"] = 16, ["U16"] = 16, ["F16"] = 16, ["BF16"] = 16, ["I32"] = 32, ["U32"] = 32,
        ["F32"] = 32, ["C64"] = 64, ["F64"] = 64, ["I64"] = 64, ["U64"] = 64,
    };

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">The official reader refuses it.</exception>
    public static OfficialHeader Read(ReadOnlySpan<byte> file)
    {
        Require(file.Length >= 8);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(file);
        Require(length <= LongestHeader && length <= (ulong)(file.Length - 8));
        OfficialHeader header = ReadHeader(Decode(file.Slice(8, (int)length)));

        ulong start = 0;
        foreach (OfficialTensor tensor in header.Tensors.Values.OrderBy(tensor => tensor.Begin).ThenBy(tensor => tensor.End))
        {
            Require(tensor.Begin == start && tensor.End >= tensor.Begin);
            start = tensor.End;
            UInt128 elements = 1;
            foreach (ulong size in tensor.Shape)
            {
                elements *= size;
                Require(elements <= ulong.MaxValue);
            }

            UInt128 bits = elements * Types[tensor.Type];
            Require(bits <= ulong.MaxValue && bits % 8 == 0 && bits / 8 == tensor.End - tensor.Begin);
        }

        Require(start == (ulong)file.Length - 8 - length);
        return header;
    }

    private static string Decode(ReadOnlySpan<byte> header)
    {
        try
        {
            return strictUtf8.GetString(header);
        }
        catch (DecoderFallbackException exception)
        {
            throw new FormatException(null, exception);
        }
    }

    private static OfficialHeader ReadHeader(string json)
    {
        OfficialHeader header = new();
        bool hasMetadata = false;
        foreach ((string name, object? value) in As<List<KeyValuePair<string, object?>>>(OfficialJson.Parse(json)))
        {
            if (name != MetadataKey)
            {
                header.Tensors[name] = ReadTensor(value, header);
                continue;
            }

            Require(!hasMetadata);
            hasMetadata = true;
            if (value is null)
                continue;
            foreach ((string key, object? text) in As<List<KeyValuePair<string, object?>>>(value))
                header.Metadata[key] = As<string>(text);
        }

        return header;
    }

    private static OfficialTensor ReadTensor(object? value, OfficialHeader header)
    {
        object?[] fields;
        if (value is List<object?> items)
        {
            fields = [.. items];
            Require(fields.Length == 3);
        }
        else
        {
            string[] names = ["dtype", "shape", "data_offsets"];
            fields = new object?[names.Length];
            int found = 0;
            foreach ((string name, object? field) in As<List<KeyValuePair<string, object?>>>(value))
            {
                int index = Array.IndexOf(names, name);
                if (index < 0)
                    continue;
                Require((found & (1 << index)) == 0);
                found |= 1 << index;
                fields[index] = field;
            }

            Require(found == 7);
        }

        ulong[] shape = [.. As<List<object?>>(fields[1]).Select(As<ulong>)];
        ulong[] offsets = [.. As<List<object?>>(fields[2]).Select(As<ulong>)];
        Require(offsets.Length == 2);
        header.IsRefusedByUs |= shape.Length > 64 || shape.Concat(offsets).Any(number => number > long.MaxValue);
        return new OfficialTensor(ReadType(fields[0], header), shape, offsets[0], offsets[1]);
    }

    private static string ReadType(object? value, OfficialHeader header)
    {
        if (value is List<KeyValuePair<string, object?>> { Count: 1 } variant)
        {
            header.IsRefusedByUs = true;
            Require(variant[0].Value is null or List<KeyValuePair<string, object?>> { Count: 0 });
            value = variant[0].Key;
        }

        string type = As<string>(value);
        Require(Types.ContainsKey(type));
        return type;
    }

    private static T As<T>(object? value) => value is T wanted ? wanted : throw new FormatException();

    private static void Require(bool rule)
    {
        if (!rule)
            throw new FormatException();
    }
}
