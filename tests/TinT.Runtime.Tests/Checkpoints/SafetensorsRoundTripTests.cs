using System.Runtime.InteropServices;
using System.Text;
using TinT.Runtime.Checkpoints;

namespace TinT.Runtime.Tests.Checkpoints;

public sealed class SafetensorsRoundTripTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public static TheoryData<TensorType, byte[], double[]> Types => new()
    {
        { TensorType.F64, Bytes(0.1, double.MaxValue), [0.1, double.MaxValue] },
        { TensorType.F32, Bytes(0.1f, float.NegativeInfinity), [0.1f, double.NegativeInfinity] },
        { TensorType.F16, Bytes((Half)0.1f, Half.Epsilon), [0.0999755859375, 5.960464477539063e-8] },
        { TensorType.BF16, Bytes<ushort>(0x3DCD, 0x0001), [0.10009765625, 9.183549615799121e-41] },
        { TensorType.I64, Bytes(-1L, 1L << 53), [-1, 9007199254740992] },
        { TensorType.I32, Bytes(-1, int.MaxValue), [-1, int.MaxValue] },
        { TensorType.I16, Bytes(short.MinValue, (short)7), [-32768, 7] },
        { TensorType.I8, Bytes<sbyte>(-128, 127), [-128, 127] },
        { TensorType.U8, Bytes<byte>(0, 255), [0, 255] },
        { TensorType.U16, Bytes<ushort>(1, 65535), [1, 65535] },
        { TensorType.U32, Bytes(1u, uint.MaxValue), [1, uint.MaxValue] },
        { TensorType.U64, Bytes(1ul, 1ul << 63), [1, 9223372036854775808] },
        { TensorType.Bool, Bytes<byte>(0, 1), [0, 1] },
    };

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Arrays_come_back_with_names_shapes_types_and_metadata()
    {
        string path = directory.File("a.safetensors");
        SafetensorsWriter.Write(
            path,
            [
                TensorData.FromInt32s("ids", [1, -2, int.MaxValue], 3),
                TensorData.FromSingles("weight", [1.5f, -2.25f, 3f, 4f, 5f, float.Epsilon], 2, 3),
                TensorData.FromDoubles("scalar", [Math.PI]),
                TensorData.FromInt64s("empty", [], 4, 0),
            ],
            new Dictionary<string, string> { ["format"] = "pt" });

        using SafetensorsFile file = SafetensorsFile.Open(path);

        Assert.Equal(path, file.Path);
        Assert.Equal(["ids", "weight", "scalar", "empty"], file.Tensors.Select(tensor => tensor.Name));
        Assert.Equal("pt", Assert.Single(file.Metadata, entry => entry.Key == "format").Value);
        Assert.Equal([1, -2, int.MaxValue], file["ids"].ReadInt32s());
        Assert.Equal([2L, 3L], file["weight"].Shape);
        Assert.Equal([1.5f, -2.25f, 3f, 4f, 5f, float.Epsilon], file["weight"].ReadSingles());
        Assert.Empty(file["scalar"].Shape);
        Assert.Equal([Math.PI], file["scalar"].ReadDoubles());
        Assert.Equal(TensorType.I64, file["empty"].Type);
        Assert.Equal(0, file["empty"].ElementCount);
        Assert.Empty(file["empty"].ReadInt32s());
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_type_is_read_as_double_and_single(TensorType type, byte[] bytes, double[] expected)
    {
        string path = directory.File("a.safetensors");
        SafetensorsWriter.Write(path, [TensorData.FromBytes("x", type, bytes, 2)]);

        using SafetensorsFile file = SafetensorsFile.Open(path);
        SafetensorsTensor tensor = file["x"];

        Assert.Equal(type, tensor.Type);
        Assert.Equal(expected, tensor.ReadDoubles());
        Assert.Equal(expected.Select(value => (float)value), tensor.ReadSingles());
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_integer_type_is_read_as_32_bits_and_no_other(TensorType type, byte[] bytes, double[] expected)
    {
        string path = directory.File("a.safetensors");
        SafetensorsWriter.Write(path, [TensorData.FromBytes("x", type, bytes, 2)]);

        using SafetensorsFile file = SafetensorsFile.Open(path);
        string? error = null;
        int[] elements = [];
        try
        {
            elements = file["x"].ReadInt32s();
        }
        catch (CheckpointFormatException exception)
        {
            error = exception.Message;
        }

        if (type.IsFloatingPoint())
            Assert.Equal($"{path}: tensor 'x' has type {type} but integers are needed; save it as I64 or I32.", error);
        else if (expected[1] > int.MaxValue)
            Assert.Equal($"{path}: tensor 'x' holds {(ulong)expected[1]} at element 1, which does not fit into 32 bits; check what was saved.", error);
        else
            Assert.Equal(expected, elements.Select(element => (double)element));
    }

    [Theory]
    [InlineData(TensorType.F16)]
    [InlineData(TensorType.BF16)]
    public void All_16_bit_floats_are_widened_exactly(TensorType type)
    {
        ushort[] bits = [.. Enumerable.Range(0, 65536).Select(pattern => (ushort)pattern)];
        string path = directory.File("a.safetensors");
        SafetensorsWriter.Write(path, [TensorData.FromBytes("x", type, Bytes(bits), 256, 256)]);

        using SafetensorsFile file = SafetensorsFile.Open(path);
        float[] singles = file["x"].ReadSingles();
        double[] doubles = file["x"].ReadDoubles();

        // Subnormals, infinities, NaN and both zeros are among the patterns; NaN compares equal to NaN here.
        float[] expected = [.. bits.Select(pattern => type == TensorType.F16
            ? (float)BitConverter.UInt16BitsToHalf(pattern)
            : BitConverter.UInt32BitsToSingle((uint)pattern << 16))];
        Assert.Equal(expected, singles);
        Assert.Equal(expected.Select(value => (double)value), doubles);
        Assert.Equal(expected.Select(float.IsNegative), singles.Select(float.IsNegative));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(3, 8195)]
    [InlineData(8190, 4)]
    [InlineData(10_000, 0)]
    public void A_stretch_is_copied_from_its_first_element(int first, int count)
    {
        float[] elements = [.. Enumerable.Range(0, 10_000).Select(index => index + 0.5f)];
        string path = directory.File("a.safetensors");
        SafetensorsWriter.Write(path, [TensorData.FromSingles("x", elements, 100, 100)]);

        using SafetensorsFile file = SafetensorsFile.Open(path);
        float[] singles = new float[count];
        double[] doubles = new double[count];
        file["x"].CopyTo(first, singles);
        file["x"].CopyFiniteTo(first, doubles);

        Assert.Equal(elements[first..(first + count)], singles);
        Assert.Equal(elements[first..(first + count)].Select(value => (double)value), doubles);
    }

    [Fact]
    public void Arrays_longer_than_one_write_arrive_whole()
    {
        int[] elements = [.. Enumerable.Range(0, 2 * TensorData.MostElements + 3)];
        string path = directory.File("a.safetensors");
        SafetensorsWriter.Write(path, [TensorData.FromInt32s("x", elements, elements.Length)]);

        using SafetensorsFile file = SafetensorsFile.Open(path);

        Assert.Equal(elements, file["x"].ReadInt32s());
    }

    [Fact]
    public void Written_data_is_aligned_whatever_the_order_of_the_tensors()
    {
        string path = directory.File("a.safetensors");
        SafetensorsWriter.Write(
            path,
            [
                TensorData.FromBytes("bytes", TensorType.U8, [1, 2, 3], 3),
                TensorData.FromDoubles("doubles", [0.25], 1),
                TensorData.FromSingles("singles", [0.5f], 1),
            ]);

        byte[] bytes = File.ReadAllBytes(path);
        string header = Encoding.UTF8.GetString(bytes, 8, BitConverter.ToInt32(bytes));

        Assert.Equal(0, header.Length % 8);
        Assert.Equal(
            """{"bytes":{"dtype":"U8","shape":[3],"data_offsets":[12,15]},"doubles":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"singles":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""",
            header.TrimEnd(' '));
        using SafetensorsFile file = SafetensorsFile.Open(path);
        Assert.Equal([1, 2, 3], file["bytes"].ReadInt32s());
        Assert.Equal([0.25], file["doubles"].ReadDoubles());
        Assert.Equal([0.5f], file["singles"].ReadSingles());
    }

    [Fact]
    public void Unaligned_data_is_read_too()
    {
        byte[] bytes = RawSafetensors.Bytes(
            """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"F64","shape":[2],"data_offsets":[1,17]},"c":{"dtype":"F16","shape":[1],"data_offsets":[17,19]}}""", 19);
        Bytes(0.1, -3.5).CopyTo(bytes, bytes.Length - 18);
        Bytes((Half)1.5f).CopyTo(bytes, bytes.Length - 2);
        string path = directory.File("a.safetensors");
        File.WriteAllBytes(path, bytes);

        using SafetensorsFile file = SafetensorsFile.Open(path);

        Assert.Equal([0.1, -3.5], file["b"].ReadDoubles());
        Assert.Equal([0.1f, -3.5f], file["b"].ReadSingles());
        Assert.Equal([1.5f], file["c"].ReadSingles());
    }

    [Fact]
    public void Names_and_metadata_may_be_in_any_language()
    {
        string path = directory.File("a.safetensors");
        SafetensorsWriter.Write(path, [TensorData.FromSingles("重み \"β\" 🙂", [1f], 1)], new Dictionary<string, string> { ["ключ\n"] = "+<é>" });

        using SafetensorsFile file = SafetensorsFile.Open(path);

        Assert.Equal([1f], file["重み \"β\" 🙂"].ReadSingles());
        Assert.Equal("+<é>", file.Metadata["ключ\n"]);
    }

    [Fact]
    public void A_tensor_beyond_2_GiB_is_read()
    {
        // Sparse: the file takes no room on disk.
        const long Length = 700_000L * 1024 * sizeof(float);
        byte[] bytes = RawSafetensors.Bytes(
            """{"a":{"dtype":"F32","shape":[700000,1024],"data_offsets":[0,2867200000]},"b":{"dtype":"F32","shape":[2],"data_offsets":[2867200000,2867200008]}}""", 0);
        string path = directory.File("large.safetensors");
        using (FileStream stream = File.Create(path))
        {
            stream.Write(bytes);
            stream.SetLength(bytes.Length + Length + 8);
            stream.Seek(-12, SeekOrigin.End);
            stream.Write(Bytes(7f, 1.25f, -2.5f));
        }

        using SafetensorsFile file = SafetensorsFile.Open(path);
        float[] last = new float[2];
        file["a"].CopyTo(file["a"].ElementCount - 2, last);

        Assert.Equal([0f, 7f], last);
        Assert.Equal([1.25f, -2.5f], file["b"].ReadSingles());
    }

    private static byte[] Bytes<T>(params T[] elements)
        where T : unmanaged => MemoryMarshal.AsBytes(elements.AsSpan()).ToArray();
}
