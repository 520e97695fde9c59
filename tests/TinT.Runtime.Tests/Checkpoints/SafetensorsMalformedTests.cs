using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using TinT.Runtime.Checkpoints;

namespace TinT.Runtime.Tests.Checkpoints;

public sealed class SafetensorsMalformedTests
{
    private const string Mend = "; the file is damaged or no safetensors file: download or convert it again.";
    private const string HeaderMend = "; the header is damaged: download or convert the file again.";

    [Theory]
    [InlineData("""[1]""", 0, "the header does not start with '{'" + Mend)]
    [InlineData("", 0, "the header does not start with '{'" + Mend)]
    [InlineData("""{"a":1}""", 0, "tensor 'a' is not an object" + Mend)]
    [InlineData("""{"a":{}}""", 0, "tensor 'a' has no field 'dtype'" + Mend)]
    [InlineData("""{"a":{"dtype":"F32","data_offsets":[0,4]}}""", 4, "tensor 'a' has no field 'shape'" + Mend)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "tensor 'a' has no field 'data_offsets'" + Mend)]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "tensor 'a' has field 'dtype' twice" + Mend)]
    [InlineData("""{"a":{"dtype":1,"shape":[1],"data_offsets":[0,4]}}""", 4, "tensor 'a' has a dtype that is not a string" + Mend)]
    [InlineData("""{"a":{"dtype":"F32","shape":4,"data_offsets":[0,4]}}""", 4, "tensor 'a' has a shape that is not an array" + Mend)]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "tensor 'a' has a shape with '-1', which is not a whole number from 0 to 9223372036854775807" + Mend)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "tensor 'a' has a shape with '1.5', which is not a whole number from 0 to 9223372036854775807" + Mend)]
    [InlineData("""{"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}""", 4, "tensor 'a' has a shape with '1', which is not a whole number from 0 to 9223372036854775807" + Mend)]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775808],"data_offsets":[0,4]}}""", 4, "tensor 'a' has a shape with '9223372036854775808', which is not a whole number from 0 to 9223372036854775807" + Mend)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", 4, "tensor 'a' has data_offsets that are not two numbers" + Mend)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""", 4, "tensor 'a' has data_offsets that are not two numbers" + Mend)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""", 4, "tensor 'a' has a data_offsets with '-4', which is not a whole number from 0 to 9223372036854775807" + Mend)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "tensor 'a' ends at byte 0 before it begins at byte 4" + HeaderMend)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4, "tensor 'a' ends at byte 8 of the data but the file has only 4; the file is truncated: download or convert it again.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,9223372036854775807]}}""", 4, "tensor 'a' ends at byte 9223372036854775807 of the data but the file has only 4; the file is truncated: download or convert it again.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "tensor 'a' of shape [3] and type F32 needs 12 bytes but its offsets span 8" + HeaderMend)]
    [InlineData("""{"a":{"dtype":"BOOL","shape":[],"data_offsets":[0,8]}}""", 8, "tensor 'a' of shape [] and type BOOL needs 1 bytes but its offsets span 8" + HeaderMend)]
    [InlineData("""{"a":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "tensor 'a' has shape [4294967296, 4294967296], more elements than a file can hold" + HeaderMend)]
    [InlineData("""{"a":{"dtype":"F64","shape":[9223372036854775807],"data_offsets":[0,8]}}""", 8, "tensor 'a' has shape [9223372036854775807], more elements than a file can hold" + HeaderMend)]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12,
        "tensor 'b' begins at byte 4 and overlaps tensor 'a', which ends at byte 8" + HeaderMend)]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12,
        "tensor 'b' begins at byte 8 but tensor 'a' ends at byte 4, which leaves a hole; the format allows none: convert the file again.")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8,
        "tensor 'a' begins at byte 4 but the header ends at byte 0, which leaves a hole; the format allows none: convert the file again.")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8,
        "the tensors end at byte 4 of the data but the file has 8; the file is damaged or two files were joined: download or convert it again.")]
    [InlineData("""{"a":{"dtype":"F2","shape":[4],"data_offsets":[0,1]}}""", 1, "tensor 'a' has dtype 'F2', which the format does not define; convert it to one of F64, F32, F16, BF16, I64, I32, I16, I8, U8, U16, U32, U64, BOOL.")]
    [InlineData("""{"a":{"dtype":{"F32":null},"shape":[1],"data_offsets":[0,4]}}""", 4, "tensor 'a' has a dtype that is not a string" + Mend)]
    [InlineData("""{"a":{"dtype":"F4","shape":[3],"data_offsets":[0,2]}}""", 2, "tensor 'a' of shape [3] and type F4 needs 12 bits, which fill no whole bytes" + HeaderMend)]
    [InlineData("""{"a":{"dtype":"F6_E2M3","shape":[4],"data_offsets":[0,4]}}""", 4, "tensor 'a' of shape [4] and type F6_E2M3 needs 3 bytes but its offsets span 4" + HeaderMend)]
    [InlineData("""{"a":{"dtype":"C64","shape":[1],"data_offsets":[0,4]}}""", 4, "tensor 'a' of shape [1] and type C64 needs 8 bytes but its offsets span 4" + HeaderMend)]
    [InlineData("""{"a":{"dtype":"F32","shape":[[1]],"data_offsets":[0,4]}}""", 4, "tensor 'a' has a shape with '[', which is not a whole number from 0 to 9223372036854775807" + Mend)]
    [InlineData("""{"a":{"dtype":"F32","shape":[-0],"data_offsets":[0,0]}}""", 0, "tensor 'a' has a shape with '-0', which is not a whole number from 0 to 9223372036854775807" + Mend)]
    [InlineData("""{"a":{"dtype":"U8","shape":[4294967296,4294967296,0],"data_offsets":[0,0]}}""", 0, "tensor 'a' has shape [4294967296, 4294967296, 0], more elements than a file can hold" + HeaderMend)]
    [InlineData("""{"a":["F32",[1]]}""", 4, "tensor 'a' has a data_offsets that is not an array" + Mend)]
    [InlineData("""{"a":["F32",[1],[0,4],1]}""", 4, "tensor 'a' is an array of more than dtype, shape and data_offsets" + Mend)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"note":"\ud800"}}""", 4, "tensor 'a' has text that is not valid Unicode" + Mend)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"note":[1e999]}}""", 4, "tensor 'a' has a field 'note' with '1e999', which no number holds" + Mend)]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":1}""", 1, "tensor 'a' is not an object" + Mend)]
    [InlineData("""{"__metadata__":null,"__metadata__":{}}""", 0, "the header has __metadata__ twice" + Mend)]
    [InlineData("""{"__metadata__":1}""", 0, "__metadata__ is not an object" + Mend)]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "__metadata__ has a value at 'a' that is not a string" + Mend)]
    [InlineData("""{"\ud800":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 1, "the header has text that is not valid Unicode" + Mend)]
    public void A_header_the_format_does_not_allow_is_refused(string header, int dataLength, string message)
    {
        Assert.Equal(message, RawSafetensors.ErrorOf(RawSafetensors.Bytes(header, dataLength)));
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}""", "the header is not valid JSON (")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} {}""", "the header is not valid JSON (")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}\0\0", "the header is not valid JSON (")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"strides":}}""", "tensor 'a' is not valid JSON (")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,],"data_offsets":[0,4]}}""", "tensor 'a' is not valid JSON (")]
    [InlineData("{", "the header is not valid JSON (")]
    public void A_header_that_is_no_JSON_is_refused(string header, string start)
    {
        string message = RawSafetensors.ErrorOf(RawSafetensors.Bytes(header, 4));

        Assert.StartsWith(start, message, StringComparison.Ordinal);
        Assert.EndsWith(")" + Mend, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void A_file_shorter_than_the_header_length_is_refused(int length)
    {
        Assert.Equal(
            $"the file has {length} bytes, fewer than the 8 of a header length; it is truncated: download or convert it again.",
            RawSafetensors.ErrorOf(new byte[length]));
    }

    [Theory]
    [InlineData(3, "the header claims 3 bytes but the file has only 2 after the header length; it is truncated: download or convert it again.")]
    [InlineData(100_000_000, "the header claims 100000000 bytes but the file has only 2 after the header length; it is truncated: download or convert it again.")]
    [InlineData(100_000_001, "the header claims 100000001 bytes but the format allows 100000000" + Mend)]
    [InlineData(ulong.MaxValue, "the header claims 18446744073709551615 bytes but the format allows 100000000" + Mend)]
    public void A_lying_header_length_is_refused(ulong claimed, string message)
    {
        byte[] bytes = RawSafetensors.Bytes("{}", 0);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, claimed);

        Assert.Equal(message, RawSafetensors.ErrorOf(bytes));
    }

    [Fact]
    public void Unknown_fields_are_followed_as_deep_as_the_official_reader_follows_them()
    {
        static byte[] Nested(int depth) => RawSafetensors.Bytes(
            $$$"""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"x":{{{new string('[', depth)}}}{{{new string(']', depth)}}}}}""", 1);
        using TemporaryDirectory directory = new();
        string path = directory.File("deep.safetensors");
        File.WriteAllBytes(path, Nested(125));
        using (SafetensorsFile file = SafetensorsFile.Open(path))
            Assert.Equal([0], file["a"].ReadInt32s());

        Assert.StartsWith("tensor 'a' is not valid JSON (", RawSafetensors.ErrorOf(Nested(126)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_is_not_valid_UTF8_is_refused_where_nobody_reads_it_too()
    {
        byte[] bytes = RawSafetensors.Bytes("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"note":"?"}}""", 1);
        bytes[Array.IndexOf(bytes, (byte)'?')] = 0xFF;

        Assert.Equal("the header has text that is not valid Unicode" + Mend, RawSafetensors.ErrorOf(bytes));
    }

    [Fact]
    public void A_shape_of_very_many_sizes_is_refused()
    {
        string sizes = string.Join(",", Enumerable.Repeat("0", 65));

        Assert.Equal(
            "tensor 'a' has a shape of more than 64 numbers" + Mend,
            RawSafetensors.ErrorOf(RawSafetensors.Bytes($$$"""{"a":{"dtype":"F32","shape":[{{{sizes}}}],"data_offsets":[0,0]}}""", 0)));
    }

    [Fact]
    public void A_very_long_name_is_cut_in_the_message()
    {
        string name = new('x', 100_000);

        Assert.Equal(
            $"tensor '{name[..120]}…' is not an object" + Mend,
            RawSafetensors.ErrorOf(RawSafetensors.Bytes($$"""{"{{name}}":1}""", 0)));
    }

    [Fact]
    public void A_pointer_left_by_Git_LFS_is_recognised()
    {
        byte[] pointer = Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize {1}\n"));

        Assert.Equal("this is a Git LFS pointer, not the file itself; run 'git lfs pull'.", RawSafetensors.ErrorOf(pointer));
    }

    [Fact]
    public void A_missing_file_and_a_directory_are_refused()
    {
        using TemporaryDirectory directory = new();

        Assert.Equal("the file does not exist; check the path.", RawSafetensors.ErrorOf(directory.File("absent.safetensors")));
        Assert.Equal("the file does not exist; check the path.", RawSafetensors.ErrorOf(directory.File("absent/absent.safetensors")));
        Assert.Equal("this is a directory; name a file in it.", RawSafetensors.ErrorOf(directory.Path));
    }

    [UnprivilegedFact]
    public void A_file_without_permission_is_refused()
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("secret.safetensors");
        File.WriteAllBytes(path, RawSafetensors.Bytes("{}", 0));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.None);

        Assert.Equal("no permission to read; check the permissions of the file.", RawSafetensors.ErrorOf(path));
    }
}
