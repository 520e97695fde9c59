using TinT.Runtime.Checkpoints;

namespace TinT.Runtime.Tests.Checkpoints;

/// <summary>Files that look odd and that the official reader accepts.</summary>
public sealed class SafetensorsToleranceTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    public static TheoryData<string, int> TypesWithBits => new()
    {
        { "BOOL", 8 }, { "F4", 4 }, { "F6_E2M3", 6 }, { "F6_E3M2", 6 }, { "U8", 8 }, { "I8", 8 }, { "F8_E5M2", 8 }, { "F8_E4M3", 8 }, { "F8_E8M0", 8 },
        { "F8_E4M3FNUZ", 8 }, { "F8_E5M2FNUZ", 8 }, { "I16", 16 }, { "U16", 16 }, { "F16", 16 }, { "BF16", 16 }, { "I32", 32 }, { "U32", 32 },
        { "F32", 32 }, { "C64", 64 }, { "F64", 64 }, { "I64", 64 }, { "U64", 64 },
    };

    [Theory]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2],"strides":[1],"note":{"x":[null,true,"é",1.5e3]},"note":2}}""")]
    [InlineData("""{"a":["U8",[2],[0,2]]}""")]
    [InlineData(" \n\t{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]}}\r\n ")]
    [InlineData("""{"__metadata__":null,"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""")]
    [InlineData("""{"a":{"dtype":"U8","shape":[9],"data_offsets":[5,1]},"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""")]
    [InlineData("""{"a":{"\u0064type":"U8","shape":[2],"data_offsets":[0,2]},"":{"dtype":"U8","shape":[0,7],"data_offsets":[2,2]}}""")]
    public void What_the_official_reader_accepts_is_read(string header)
    {
        using SafetensorsFile file = Open(header, [7, 9]);

        Assert.Equal([7, 9], file["a"].ReadInt32s());
    }

    [Fact]
    public void Of_a_metadata_key_that_is_there_twice_the_last_counts()
    {
        using SafetensorsFile file = Open("""{"__metadata__":{"a":"1","a":"2"}}""", []);

        Assert.Equal("2", Assert.Single(file.Metadata).Value);
    }

    [Theory]
    [InlineData("a\\u0000b", "a\0b", "'a\\u0000b'")]
    [InlineData("a\\nb", "a\nb", "'a\\u000ab'")]
    public void A_name_may_have_control_characters_which_messages_escape(string written, string name, string shown)
    {
        using SafetensorsFile file = Open($$$"""{"{{{written}}}":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}}""", [1]);

        Assert.Contains(shown, Assert.Throws<CheckpointFormatException>(() => file[name].ReadSingles()).Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(TypesWithBits))]
    public void Every_type_of_the_format_may_lie_in_a_file_and_keeps_its_shape(string type, int bits)
    {
        using SafetensorsFile file = Open(
            $$$"""{"x":{"dtype":"{{{type}}}","shape":[2,4],"data_offsets":[0,{{{bits}}}]},"a":{"dtype":"U8","shape":[1],"data_offsets":[{{{bits}}},{{{bits + 1}}}]}}""",
            [.. new byte[bits], 5]);

        Assert.Equal([5], file["a"].ReadInt32s());
        Assert.Equal([2, 4], file["x"].Shape);
        Assert.Equal(8, file["x"].ElementCount);
        Assert.Equal(bits, file["x"].Type.SizeInBits());
    }

    [Theory, MemberData(nameof(TypesWithBits))]
    public void A_type_matters_where_the_tensor_is_read(string type, int bits)
    {
        string path = Write($$$"""{"x":{"dtype":"{{{type}}}","shape":[8],"data_offsets":[0,{{{bits}}}]}}""", new byte[bits]);
        using SafetensorsFile file = SafetensorsFile.Open(path);
        if (file["x"].Type.IsReadable())
        {
            Assert.Equal(new float[8], file["x"].ReadSingles());
            return;
        }

        string expected =
            $"{path}: tensor 'x' has dtype {type}, which is not read; convert it to one of F64, F32, F16, BF16, I64, I32, I16, I8, U8, U16, U32, U64, BOOL.";
        Assert.Equal(expected, Assert.Throws<CheckpointFormatException>(() => file["x"].ReadSingles()).Message);
        Assert.Equal(expected, Assert.Throws<CheckpointFormatException>(() => file["x"].CopyFiniteTo(new double[8])).Message);
        Assert.Equal(
            $"{path}: tensor 'x' has type {type} but integers are needed; save it as I64 or I32.",
            Assert.Throws<CheckpointFormatException>(() => file["x"].ReadInt32s()).Message);
        Assert.Equal(
            $"Tensor 'x' has type {type}, which is not written; write one of F64, F32, F16, BF16, I64, I32, I16, I8, U8, U16, U32, U64, BOOL. (Parameter 'type')",
            Assert.Throws<ArgumentException>(() => TensorData.FromBytes("x", file["x"].Type, new byte[bits], 8)).Message);
    }

    private SafetensorsFile Open(string header, byte[] data) => SafetensorsFile.Open(Write(header, data));

    private string Write(string header, byte[] data)
    {
        byte[] bytes = RawSafetensors.Bytes(header, data.Length);
        data.CopyTo(bytes, bytes.Length - data.Length);
        string path = directory.File("odd.safetensors");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
