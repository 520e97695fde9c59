using System.Text;
using TinT.Fuzz.Tests.Fuzzing;
using TinT.Runtime.Checkpoints;
using TinT.Tests.Common;

namespace TinT.Fuzz.Tests.Checkpoints;

/// <summary>Files of PyTorch with random faults open or are refused with the one exception that says what is wrong; views of any kind are read as they are.</summary>
public sealed class PyTorchFuzzTests : IDisposable
{
    /// <summary>Bytes that reading a file of a few kilobytes may allocate.</summary>
    private const long MostAllocated = 20 << 20;

    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_opens_or_is_refused_with_the_typed_exception_and_little_memory() => FuzzRun.ForBothKinds(10_000, 1, PickleDraft.Build, Check, Show);

    [Fact]
    public void Damage_to_a_file_that_PyTorch_wrote_is_no_crash()
    {
        byte[][] written = [.. ((string[])["views-1.13.bin", "views-protocol4-1.13.bin", "training-1.13.bin"]).Select(name =>
            File.ReadAllBytes(Path.Combine(RepositoryFiles.InRepository("tests", "TinT.Runtime.Tests", "Checkpoints", "PyTorch", "Files"), name)))];
        FuzzRun.ForAll(10_000, 1, choices => Damage.Apply(choices.Of(written), choices), bytes => Check(bytes), Show);
    }

    [Fact]
    public void A_view_is_read_as_its_strides_say_or_refused_if_it_leaves_its_storage() =>
        FuzzRun.ForBothKinds(10_000, 1, BuildView, CheckView, view => view.ToString());

    private bool Check(byte[] bytes)
    {
        string path = folder.Write("fuzz.bin", bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            using PyTorchFile file = PyTorchFile.Open(path);
            foreach (CheckpointTensor tensor in file.Tensors)
                Read(path, tensor);
            return true;
        }
        catch (CheckpointFormatException exception)
        {
            CheckMessage(path, exception);
            return false;
        }
        finally
        {
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostAllocated);
        }
    }

    private static void Read(string path, CheckpointTensor tensor)
    {
        try
        {
            if (tensor.ElementCount < 10_000)
                Assert.Equal(tensor.ElementCount, tensor.ReadDoubles().Length);
        }
        catch (CheckpointFormatException exception)
        {
            CheckMessage(path, exception);
        }
    }

    private static void CheckMessage(string path, CheckpointFormatException exception)
    {
        Assert.StartsWith(path + ": ", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(exception.Message, char.IsControl);
    }

    private static View BuildView(Choices choices)
    {
        int axes = choices.Between(0, 4);
        long[] shape = [.. Enumerable.Range(0, axes).Select(_ => (long)choices.Of(2, 3, 1, 5, 0, 7))];
        long[] strides = new long[axes];
        long stride = 1;
        foreach (int axis in Enumerable.Range(0, axes).OrderBy(_ => choices.Below(1000)).ToArray())
        {
            strides[axis] = choices.Once(5) ? choices.Between(0, 9) : stride;
            stride *= Math.Max(1, shape[axis] + (choices.Once(4) ? choices.Between(1, 3) : 0));
        }

        long offset = choices.Between(0, 5);
        long last = shape.Contains(0) ? -1 : offset + shape.Zip(strides).Sum(axis => (axis.First - 1) * axis.Second);
        return new View(Math.Max(0, last + 1 + choices.Of(0, 3, -1, -2)), offset, shape, strides, choices.Of(
            "FloatStorage", "DoubleStorage", "HalfStorage", "ByteStorage"));
    }

    private bool CheckView(View view)
    {
        TorchState state = new();
        (int size, byte[] data) = view.Type switch
        {
            "FloatStorage" => (4, Bytes(index => BitConverter.GetBytes((float)index))),
            "DoubleStorage" => (8, Bytes(index => BitConverter.GetBytes((double)index))),
            "HalfStorage" => (2, Bytes(index => BitConverter.GetBytes((Half)index))),
            _ => (1, Bytes(index => [(byte)index])),
        };
        string path = folder.Write("view.bin", state.Add("w", view.Type, size, state.Store(data), view.Offset, view.Shape, view.Strides).ToArray());
        long last = view.Shape.Contains(0) ? -1 : view.Offset + view.Shape.Zip(view.Strides).Sum(axis => (axis.First - 1) * axis.Second);
        try
        {
            using PyTorchFile file = PyTorchFile.Open(path);
            Assert.True(last < view.Stored, "The view leaves its storage.");
            CheckpointTensor tensor = file.Tensors.Single();
            Assert.Equal(view.Shape, tensor.Shape);
            Assert.Equal(Expected(view, index => view.Type == "ByteStorage" ? index % 256 : view.Type == "HalfStorage" ? (double)(Half)index : index), tensor.ReadDoubles());
            return true;
        }
        catch (CheckpointFormatException exception)
        {
            Assert.True(last >= view.Stored, exception.Message);
            Assert.Contains("which leaves its storage", exception.Message, StringComparison.Ordinal);
            return false;
        }

        byte[] Bytes(Func<long, byte[]> element) => [.. Enumerable.Range(0, (int)view.Stored).SelectMany(index => element(index))];
    }

    private static IEnumerable<double> Expected(View view, Func<long, double> element)
    {
        long count = view.Shape.Aggregate(1L, (product, size) => product * size);
        for (long index = 0; index < count; index++)
        {
            long rest = index, place = view.Offset;
            for (int axis = view.Shape.Length - 1; axis >= 0; axis--)
            {
                (rest, long along) = Math.DivRem(rest, view.Shape[axis]);
                place += along * view.Strides[axis];
            }

            yield return element(place);
        }
    }

    private static string Show(byte[] bytes) => Encoding.Latin1.GetString(bytes);

    private sealed record View(long Stored, long Offset, long[] Shape, long[] Strides, string Type)
    {
        public override string ToString() => $"{Type} of {Stored}, offset {Offset}, shape [{string.Join(", ", Shape)}], strides [{string.Join(", ", Strides)}]";
    }
}
