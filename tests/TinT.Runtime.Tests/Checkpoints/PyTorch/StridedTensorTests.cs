using TinT.Runtime.Checkpoints;
using TinT.Tests.Common;

namespace TinT.Runtime.Tests.Checkpoints.PyTorch;

/// <summary>Views that are larger than what is read at a time.</summary>
public sealed class StridedTensorTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public static TheoryData<long[], long[], long> Views => new()
    {
        { [700, 3000], [1, 700], 0 },
        { [3000, 700], [1, 3000], 5 },
        { [2, 1100, 700], [1, 2, 2200], 3 },
        { [3, 700, 1100], [770_000, 1, 700], 0 },
        { [1100, 3, 700], [1, 1100, 3300], 0 },
        { [1_200_000], [2], 1 },
        { [40], [60_000], 7 },
        { [1500, 1, 1000], [1600, 99, 1], 10 },
        { [2000, 1500], [0, 1], 0 },
        { [1500, 2000], [1, 0], 0 },
        { [1_500_000, 2], [1, 0], 0 },
        { [2, 1_500_000], [1, 1], 0 },
        { [2, 3, 5, 7, 11, 13, 17], [1, 2, 6, 30, 210, 2310, 30030], 0 },
    };

    public void Dispose() => directory.Dispose();

    [Theory, MemberData(nameof(Views))]
    public void Every_element_is_where_its_strides_say_read_whole_and_in_parts(long[] shape, long[] strides, long offset)
    {
        float[] stored = [.. Enumerable.Range(0, 2_500_000).Select(index => (float)index)];
        TorchState state = new();
        string path = directory.File("views.bin");
        File.WriteAllBytes(path, state.Add("w", state.Store(stored), offset, shape, strides).ToArray());
        using PyTorchFile file = PyTorchFile.Open(path);
        Assert.True(file.TryGetTensor("w", out CheckpointTensor? tensor));

        float[] read = tensor.ReadSingles();

        Assert.Equal(Expected(shape, strides, offset), read);
        Random random = new(1);
        Parallel.For(0, 20, _ =>
        {
            int first, length;
            lock (random)
            {
                first = random.Next(read.Length);
                length = random.Next(Math.Min(20_000, read.Length - first));
            }

            float[] part = new float[length];
            tensor.CopyTo(first, part);
            Assert.Equal(read[first..(first + length)], part);
        });
    }

    private static float[] Expected(long[] shape, long[] strides, long offset)
    {
        float[] elements = new float[shape.Aggregate(1L, (product, size) => product * size)];
        for (int index = 0; index < elements.Length; index++)
        {
            long rest = index, place = offset;
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                (rest, long along) = Math.DivRem(rest, shape[axis]);
                place += along * strides[axis];
            }

            elements[index] = place;
        }

        return elements;
    }
}
