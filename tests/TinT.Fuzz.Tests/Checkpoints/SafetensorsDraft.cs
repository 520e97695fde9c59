using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using TinT.Fuzz.Tests.Fuzzing;

namespace TinT.Fuzz.Tests.Checkpoints;

/// <summary>Builds safetensors files that are mostly right, with odd and wrong things in every place the format has.</summary>
internal static class SafetensorsDraft
{
    private static readonly string[] names =
        ["a", "b", "c", "wte.weight", "", "é", "\\ud83d\\ude00", "a\\u0000", "x\\ny", "__metadata\\u005f_", "__metadata__", "\\ud800", "\\udc00x"];
    private static readonly string[] types = [.. OfficialSafetensors.Types.Keys];
    private static readonly string[] otherTypes =
        ["\"F2\"", "\"f32\"", "\"\"", "1", "null", "{\"F32\":null}", "{\"U8\":{}}", "{\"U8\":1}", "[\"U8\"]", "\"U\\u0038\""];
    private static readonly string[] numbers = ["0", "1", "2", "3", "4", "8"];
    private static readonly string[] oddNumbers =
    [
        "-0", "-1", "1.0", "1e0", "01", "4294967296", "9223372036854775807", "9223372036854775808", "18446744073709551615", "18446744073709551616", "1e999", "null", "\"1\"", "[1]", "true", "-",
    ];

    private static readonly string[] values =
    [
        "1", "null", "true", "\"x\"", "[]", "{}", "[1,[2,{\"a\":null}]]", "{\"dtype\":1}", "\"\\ud800\"", "\"\\u00e9\"", "1e400", "-0.5E-3", "0e99999", "\"\\q\"", "[1,]", "nul", "NaN", "\"\u007f\"",
    ];

    private static readonly string[] whites = ["", " ", "\n\t ", "        "];

    /// <summary>Bytes of a file.</summary>
    public static byte[] Build(Choices choices)
    {
        StringBuilder json = new();
        long end = 0;
        json.Append(choices.Once(6) ? choices.Of(whites) : "").Append('{');
        int count = choices.Between(0, 4);
        for (int index = 0; index < count; index++)
        {
            json.Append(index > 0 ? "," : "").Append(choices.Once(8) ? choices.Of(whites) : "");
            string name = choices.Once(3) ? choices.Of(names) : names[index % 4];
            json.Append('"').Append(name).Append("\":").Append(choices.Once(12) ? Metadata(choices) : Entry(choices, ref end));
        }

        if (choices.Once(5))
            json.Append(count > 0 ? "," : "").Append("\"__metadata__\":").Append(Metadata(choices));
        json.Append('}').Append(choices.Once(6) ? choices.Of(["", .. whites, "x", "\0", "{}"]) : "");

        byte[] header = Encoding.UTF8.GetBytes(json.ToString());
        long length = Math.Clamp(end + (choices.Once(15) ? choices.Between(-3, 3) : 0), 0, 4096);
        byte[] file = new byte[8 + header.Length + length];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length + (choices.Once(25) ? choices.Between(-4, 4) : 0));
        header.CopyTo(file, 8);
        for (int index = 8 + header.Length; index < file.Length; index++)
            file[index] = (byte)choices.Below(2);
        return choices.Once(5) ? Damage.Apply(file, choices) : file;
    }

    private static string Entry(Choices choices, ref long end)
    {
        string type = choices.Of(types);
        int[] sizes = new int[choices.Once(40) ? choices.Between(60, 70) : choices.Between(0, 3)];
        for (int axis = 0; axis < sizes.Length; axis++)
            sizes[axis] = sizes.Length > 3 ? 1 : int.Parse(choices.Of(numbers), CultureInfo.InvariantCulture);
        string[] shape = [.. sizes.Select(size => size.ToString(CultureInfo.InvariantCulture))];
        long bits = sizes.Aggregate((long)OfficialSafetensors.Types[type], (product, size) => product * size);
        string[] offsets = [end.ToString(CultureInfo.InvariantCulture), (end + (bits / 8)).ToString(CultureInfo.InvariantCulture)];
        if (!choices.Once(12))
            end += bits / 8;
        if (shape.Length > 0 && choices.Once(15))
            shape[choices.Below(shape.Length)] = choices.Of(oddNumbers);
        if (choices.Once(20))
            offsets[choices.Below(2)] = choices.Of([.. numbers, .. oddNumbers]);
        if (choices.Once(40))
            offsets = choices.Of<string[]>([offsets[0]], [.. offsets, offsets[1]], []);

        string dtypeField = choices.Once(15) ? choices.Of(otherTypes) : $"\"{type}\"";
        string shapeField = choices.Once(40) ? choices.Of(values) : $"[{string.Join(',', shape)}]";
        string offsetsField = choices.Once(40) ? choices.Of(values) : $"[{string.Join(choices.Of(",", " , "), offsets)}]";
        if (choices.Once(12))
        {
            string extra = choices.Once(4) ? "," + choices.Of(values) : "";
            return $"[{dtypeField},{shapeField},{offsetsField}{extra}]";
        }

        List<string> fields = [$"\"dtype\":{dtypeField}", $"\"shape\":{shapeField}", $"\"data_offsets\":{offsetsField}"];
        if (choices.Once(4))
            fields.Insert(choices.Below(4), $"\"{choices.Of("strides", "Dtype", "", "data_offset", "\\u0073hape")}\":{choices.Of(values)}");
        if (choices.Once(30))
            fields.Add(choices.Of(fields));
        if (choices.Once(30))
            fields.RemoveAt(choices.Below(fields.Count));
        if (choices.Once(3))
            fields.Reverse();
        if (choices.Once(60))
            fields.Add(Nested(choices.Between(120, 130)));
        return $"{{{string.Join(',', fields)}}}";
    }

    private static string Nested(int depth) => $"\"deep\":{new string('[', depth)}{new string(']', depth)}";

    private static string Metadata(Choices choices) =>
        choices.Of("{}", "{\"format\":\"pt\"}", "null", "{\"a\":\"1\",\"a\":\"2\"}", "{\"a\":1}", "{\"a\":null}", "[]", "1", "{\"\\ud800\":\"\"}");
}
