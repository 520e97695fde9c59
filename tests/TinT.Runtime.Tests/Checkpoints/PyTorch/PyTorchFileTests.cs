using TinT.Runtime.Checkpoints;
using TinT.Tests.Common;

namespace TinT.Runtime.Tests.Checkpoints.PyTorch;

/// <summary>Files that PyTorch wrote; <c>Files/make.py</c> says what is in them.</summary>
public sealed class PyTorchFileTests
{
    public static TheoryData<string> Views => ["views-1.13.bin", "views-protocol4-1.13.bin"];

    [Theory, MemberData(nameof(Views))]
    public void Views_of_every_kind_hold_what_they_show(string name)
    {
        using PyTorchFile file = PyTorchFile.Open(TorchFiles.Written(name));

        Check("base", [4, 6], Range(24));
        Check("transposed", [6, 4], [.. from column in Range(6) from row in Range(4) select (row * 6) + column]);
        Check("narrowed", [2, 3], [8, 9, 10, 14, 15, 16]);
        Check("every_other", [4, 3], [.. from row in Range(4) from column in Range(3) select (row * 6) + (2 * column)]);
        Check("column", [4], [1, 7, 13, 19]);
        Check("scalar", [], [3]);
        Check("element", [], [15]);
        Check("expanded", [3, 6], [.. Range(6), .. Range(6), .. Range(6)]);
        Check("permuted", [4, 2, 3], [.. from last in Range(4) from first in Range(2) from middle in Range(3) select (first * 12) + (middle * 4) + last]);
        Check("empty", [0, 4], []);
        Check("half_transposed", [2, 3], [0, 2, 4, 1, 3, 5]);
        Check("parameter", [2, 2], Range(4));
        Check("mask", [1, 1, 3, 3], [1, 0, 0, 1, 1, 0, 1, 1, 1]);
        foreach (string floating in (string[])["half", "brain", "double"])
            Check(floating, [2, 3], Range(6));
        foreach (string whole in (string[])["long", "int", "short", "char", "byte"])
            Check(whole, [5], Range(5));

        void Check(string tensor, long[] shape, double[] elements)
        {
            Assert.True(file.TryGetTensor(tensor, out CheckpointTensor? found), tensor);
            Assert.Equal(shape, found.Shape);
            Assert.Equal(elements, found.ReadDoubles());
        }
    }

    [Theory, MemberData(nameof(Views))]
    public void Types_are_those_of_the_storages(string name)
    {
        using PyTorchFile file = PyTorchFile.Open(TorchFiles.Written(name));

        Assert.Equal(
            [TensorType.F32, TensorType.F16, TensorType.BF16, TensorType.F64, TensorType.I64, TensorType.I32, TensorType.I16, TensorType.I8, TensorType.U8, TensorType.Bool],
            ((string[])["base", "half", "brain", "double", "long", "int", "short", "char", "byte", "mask"]).Select(
                tensor => file.TryGetTensor(tensor, out CheckpointTensor? found) ? found.Type : default));
    }

    [Fact]
    public void A_state_dict_with_metadata_tied_weights_and_a_buffer_is_read()
    {
        using PyTorchFile file = PyTorchFile.Open(TorchFiles.Written("module-1.13.bin"));

        Assert.Equal(["mask", "wte.weight", "head.weight", "norm.weight", "norm.bias"], file.Tensors.Select(tensor => tensor.Name));
        Assert.Equal(Range(20), file.Elements("head.weight"));
        Assert.Same(file.StateDict.Views["wte.weight"].Storage.Member, file.StateDict.Views["head.weight"].Storage.Member);
    }

    [Fact]
    public void The_model_of_a_training_checkpoint_is_found_and_the_prefix_of_compiled_ones_left_out()
    {
        using PyTorchFile file = PyTorchFile.Open(TorchFiles.Written("training-1.13.bin"));

        Assert.Equal(["model"], file.StateDict.Holders);
        Assert.Equal(["mask", "wte.weight", "head.weight", "norm.weight", "norm.bias"], file.Tensors.Select(tensor => tensor.Name));
        Assert.Equal(Range(20), file.Elements("wte.weight"));
    }

    [Theory]
    [InlineData("attack-system-1.13.bin", "posix.system")]
    [InlineData("attack-eval-1.13.bin", "__builtin__.eval")]
    [InlineData("attack-getattr-1.13.bin", "__builtin__.getattr")]
    [InlineData("whole-module-1.13.bin", "__main__.Small")]
    public void What_is_none_of_the_few_things_that_tensors_need_is_named_and_not_executed(string name, string called)
    {
        string error = TorchFiles.ErrorOf(TorchFiles.Written(name));

        Assert.Equal(
            $"the pickle '{Path.GetFileNameWithoutExtension(name)}/data.pkl' calls for '{called}', which is none of the few things that tensors need, and nothing of it was executed; save the tensors alone, with torch.save(model.state_dict(), 'pytorch_model.bin') or as safetensors.",
            error);
        Assert.False(File.Exists("attacked"));
    }

    [Fact]
    public void A_file_from_before_archives_is_told_with_the_way_to_convert_it() => Assert.Equal(
        "this is a file of PyTorch before 1.6, whose tensors are no members of a zip archive; if you trust it, convert it with python -c \"import torch; torch.save(torch.load('legacy-1.13.bin', weights_only=True), 'legacy-1.13.bin')\" in its directory.",
        TorchFiles.ErrorOf(TorchFiles.Written("legacy-1.13.bin")));

    [Fact]
    public void Types_without_a_class_of_storages_are_views_of_bytes()
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("new-types.bin");
        byte[] pickle = new PickleWriter().Op("}").Text("u").Global("torch._utils", "_rebuild_tensor_v3").Op("(")
            .Op("(").Text("storage").Global("torch.storage", "UntypedStorage").Text("0").Text("cpu").Whole(8).Op("tQ")
            .Whole(1).Wholes(3).Wholes(1).Op([0x89]).Global("collections", "OrderedDict").Op(")R").Global("torch", "uint16").Op("tRs").ToArray();
        File.WriteAllBytes(path, TorchArchive.Of(pickle, ("0", [1, 0, 2, 0, 3, 0, 4, 0])));

        using PyTorchFile file = PyTorchFile.Open(path);

        Assert.Equal([2, 3, 4], file.Elements("u"));
        Assert.Equal(TensorType.U16, file.Tensors.Single().Type);
    }

    [Fact]
    public void Nothing_can_be_read_once_the_file_is_closed()
    {
        PyTorchFile file = PyTorchFile.Open(TorchFiles.Written("views-1.13.bin"));
        file.Dispose();

        Assert.Throws<ObjectDisposedException>(() => file.Elements("base"));
        Assert.Throws<ObjectDisposedException>(() => file.Elements("transposed"));
    }

    private static double[] Range(int count) => [.. Enumerable.Range(0, count).Select(index => (double)index)];
}
