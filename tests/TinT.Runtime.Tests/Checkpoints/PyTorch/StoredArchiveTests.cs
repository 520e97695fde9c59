using System.Buffers.Binary;
using TinT.Tests.Common;

namespace TinT.Runtime.Tests.Checkpoints.PyTorch;

/// <summary>Files that are no archives of PyTorch, or damaged ones.</summary>
public sealed class StoredArchiveTests
{
    private const string Damaged = "this zip archive is damaged or truncated: ";

    private static byte[] Valid => new TorchState().Add("w", [1, 2], 2).ToArray();

    [Fact]
    public void The_archive_that_the_others_are_made_of_is_read()
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("valid.bin");
        File.WriteAllBytes(path, Valid);

        using Runtime.Checkpoints.PyTorchFile file = Runtime.Checkpoints.PyTorchFile.Open(path);

        Assert.Equal([1, 2], file.Elements("w"));
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        byte[] valid = Valid;
        for (int length = 0; length < valid.Length; length += 7)
            Assert.NotEmpty(TorchFiles.ErrorOf(valid[..length]));
    }

    [Theory]
    [InlineData("", "the file is empty; download it again.")]
    [InlineData("GGUF\x03", "this is a file of llama.cpp (GGUF); download the model that it was made of, with config.json and safetensors.")]
    [InlineData("version https://git-lfs.github.com/spec/v1\n", "this is a Git LFS pointer, not the file itself; run 'git lfs pull'.")]
    [InlineData("<!doctype html>", "this is no zip archive of torch.save; download it again, or save the tensors with torch.save(model.state_dict(), FILE).")]
    [InlineData("\x40\0\0\0\0\0\0\0{\"w\":", "this is a safetensors file; name it model.safetensors.")]
    [InlineData("\x80\x04N.", "this is a bare pickle, not a zip archive of torch.save; if you trust it, convert it with python -c \"import torch; torch.save(torch.load('bad.bin', weights_only=True), 'bad.bin')\" in its directory.")]
    public void Another_file_is_told_by_how_it_begins(string content, string told) =>
        Assert.Equal(told, TorchFiles.ErrorOf([.. content.Select(character => (byte)character)]));

    [Fact]
    public void A_tar_of_the_oldest_PyTorch_is_told()
    {
        byte[] tar = new byte[1024];
        "ustar"u8.CopyTo(tar.AsSpan(257));

        Assert.StartsWith("this is a file of PyTorch before 1.6", TorchFiles.ErrorOf(tar), StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_without_a_pickle_or_with_two_is_refused()
    {
        TorchArchive none = new();
        none.Add("data/0", [1, 2, 3, 4]);
        TorchArchive two = new();
        two.Add("data.pkl", [1]);
        two.Add("../other/data.pkl", [1]);
        TorchArchive script = new();
        script.Add("data.pkl", [1]);
        script.Add("constants.pkl", [1]);

        Assert.StartsWith(
            "this zip archive has no 'data.pkl' and was not written by torch.save; ", TorchFiles.ErrorOf(none.ToArray()), StringComparison.Ordinal);
        Assert.StartsWith("this is a program of TorchScript, not tensors; ", TorchFiles.ErrorOf(script.ToArray()), StringComparison.Ordinal);
        Assert.StartsWith("the pickle 'archive/data.pkl' has 0x01 at byte 0, which is no opcode", TorchFiles.ErrorOf(two.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_in_another_byte_order_are_refused()
    {
        TorchArchive archive = new();
        archive.Add("data.pkl", [1]);
        archive.Add("byteorder", "big"u8);

        Assert.Equal(
            "its numbers are in the byte order 'big', but only 'little' is read; load the file with torch on a usual processor and save it again.",
            TorchFiles.ErrorOf(archive.ToArray()));
    }

    [Fact]
    public void Two_members_of_one_name_are_refused()
    {
        TorchArchive archive = new();
        archive.Add("data.pkl", [1]);
        archive.Add("data.pkl", [2]);

        Assert.StartsWith($"{Damaged}it has two members 'archive/data.pkl'", TorchFiles.ErrorOf(archive.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_compressed_member_is_refused()
    {
        TorchArchive archive = new();
        archive.Add("data.pkl", [1], method: 8);

        Assert.StartsWith("member 'archive/data.pkl' of this zip archive is compressed (method 8), which torch.save does not do; ", TorchFiles.ErrorOf(archive.ToArray()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, 1, "member 'archive/data.pkl' of this zip archive is encrypted")]
    [InlineData(20, 1, Damaged + "its member 'archive/data.pkl' takes")]
    [InlineData(27, 0x7f, Damaged + "its member 'archive/data.pkl' takes")]
    [InlineData(42, 1, Damaged + "its member 'archive/data.pkl' ")]
    [InlineData(45, 0x7f, Damaged + "its member 'archive/data.pkl' begins behind the others")]
    [InlineData(0, 0, Damaged + "its directory has an entry that is none")]
    [InlineData(29, 0xff, Damaged + "its directory has an entry that is none")]
    [InlineData(46, (byte)'A', Damaged + "its member 'Archive/data.pkl' is not where the directory says")]
    [InlineData(46, 0xff, Damaged + "its directory has an entry that is none")]
    public void An_entry_that_lies_is_refused(int at, byte value, string told)
    {
        byte[] file = Valid;
        file[DirectoryOf(file) + at] = value;

        Assert.StartsWith(told, TorchFiles.ErrorOf(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_that_lie_together_are_refused()
    {
        byte[] file = Valid;
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(DirectoryOf(file) + 20), 0x7fffffff);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(DirectoryOf(file) + 24), 0x7fffffff);
        byte[] wide = Valid;
        BinaryPrimitives.WriteUInt32LittleEndian(wide.AsSpan(DirectoryOf(wide) + 24), uint.MaxValue);

        Assert.StartsWith($"{Damaged}its member 'archive/data.pkl' claims 2147483647 bytes but there are", TorchFiles.ErrorOf(file), StringComparison.Ordinal);
        Assert.StartsWith($"{Damaged}its directory has an entry that is none", TorchFiles.ErrorOf(wide), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(32, "its directory has an entry that is none")]
    [InlineData(40, "its directory would be the 18446744073709551615 bytes from byte")]
    [InlineData(48, "its directory would be the")]
    public void Records_at_the_end_that_lie_are_refused(int at, string told)
    {
        byte[] file = Valid;
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(file.Length - 98 + at), ulong.MaxValue);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.StartsWith(Damaged + told, TorchFiles.ErrorOf(file), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    private static int DirectoryOf(byte[] file) => (int)BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(file.Length - 98 + 48));
}
