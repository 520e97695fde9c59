using TinT.Tests.Common;

namespace TinT.Runtime.Tests.Checkpoints.PyTorch;

/// <summary>Pickles that no library writes: each is refused by one line, costs little memory and does nothing.</summary>
public sealed class HostilePickleTests
{
    private const long MostAllocated = 16 << 20;

    private static readonly byte[] eight = new byte[32];

    private static readonly (string What, byte[] Pickle, string Told)[] pickles =
    [
        ("a system call", Global("os", "system").Text("touch attacked").Op([0x85]).Op("R").ToArray(), "calls for 'os.system', which"),
        ("the same by its other name", Global("posix", "system").Text("touch attacked").Op([0x85]).Op("R").ToArray(), "calls for 'posix.system', which"),
        ("eval", Global("builtins", "eval").Text("1").Op([0x85]).Op("R").ToArray(), "calls for 'builtins.eval', which"),
        ("an attribute of what is allowed", Global("torch._utils", "_rebuild_tensor_v2.__globals__").ToArray(), "calls for 'torch._utils._rebuild_tensor_v2.__globals__', which"),
        ("a chain of attributes", Global("builtins", "getattr").Global("torch", "Size").Text("__class__").Op([0x86]).Op("R").ToArray(), "calls for 'builtins.getattr', which"),
        ("a name from the stack", Start(4).Text("os").Text("system").Op([0x93]).Text("x").Op([0x85]).Op("R").ToArray(), "calls for 'os.system', which"),
        ("a name that is no text", Start(4).Whole(1).Text("system").Op([0x93]).ToArray(), "names a global with something that is no text"),
        ("apply", Global("__builtin__", "apply").ToArray(), "calls for '__builtin__.apply', which"),
        ("a module of two lines", Global("os\\\n", "system").ToArray(), "calls for 'os\\.', which"),
        ("an instance by INST", Start().Op("(ios\nsystem\n").ToArray(), "has the opcode INST at byte 3, which no tensors need"),
        ("an instance by OBJ", Start().Op("(").Global("torch", "Size").Op("o").ToArray(), "has the opcode OBJ at byte 15, which no tensors need"),
        ("an instance by NEWOBJ", Global("torch", "Size").Op(")").Op([0x81]).ToArray(), "has the opcode NEWOBJ at byte 15, which no tensors need"),
        ("an extension code", Start().Op([0x82, 1]).ToArray(), "has the opcode EXT1 at byte 2, which no tensors need"),
        ("a byte that is no opcode", Start().Op([0xff]).ToArray(), "has 0xff at byte 2, which is no opcode"),
        ("a newer protocol", new PickleWriter(6).ToArray(), "is of protocol 6, but 5 is the newest that is known"),
        ("a call of a type", Global("torch", "FloatStorage").Op(")R").ToArray(), "calls 'torch.FloatStorage', which is not to be called"),
        ("a call of a number", Start().Whole(1).Op(")R").ToArray(), "calls something that is no function"),
        ("arguments that are none", Global("torch", "Size").Whole(1).Op("R").ToArray(), "calls 'torch.Size' with something that are no arguments"),
        ("other arguments", Global("torch", "Size").Op(")R").ToArray(), "calls 'torch.Size' with arguments that it does not have"),
        ("rebuilding by rebuilding", Global("torch._tensor", "_rebuild_from_type_v2").Op("(").Global("torch._tensor", "_rebuild_from_type_v2").Global("torch", "Tensor").Op(")Nt").Op("R").ToArray(), "calls 'torch._tensor._rebuild_from_type_v2' with arguments that it does not have"),

        ("a list in itself", Start().Op("]q").Op([0]).Op("h").Op([0]).Op("a").ToArray(), "has an object that contains itself"),
        ("a tuple in itself", Start().Op("]q").Op([0]).Op("h").Op([0]).Op([0x85]).Op("a").ToArray(), "has an object that contains itself"),
        ("a dictionary in itself", Start().Op("}q").Op([0]).Text("model").Op("h").Op([0]).Op("s").ToArray(), "has an object that contains itself"),
        ("a memo bomb", MemoBomb().ToArray(), "uses the same objects again and again, more than"),
        ("lists in lists", Start().Op(new string(']', 500_000)).Op(new string('a', 499_999)).ToArray(), "has objects more than 1000 deep in others"),
        ("tuples in tuples", Start().Op(")").Op([.. Enumerable.Repeat((byte)0x85, 500_000)]).ToArray(), "has objects more than 1000 deep in others"),
        ("dictionaries in dictionaries", Start().Op("}").Op([.. Enumerable.Repeat("X\x05\0\0\0model}"u8.ToArray(), 50_000).SelectMany(bytes => bytes)]).Op(new string('s', 50_000)).ToArray(), "has objects more than 1000 deep in others"),
        ("a thousand dictionaries in dictionaries", Start().Op("}").Op([.. Enumerable.Repeat("X\x05\0\0\0model}"u8.ToArray(), 999).SelectMany(bytes => bytes)]).Op(new string('s', 999)).ToArray(), "is an empty dictionary, where tensors by name are wanted"),
        ("lists beside lists", Start().Op("](").Op(new string(']', 1_000_000)).Op("e").ToArray(), "is no dictionary, where tensors by name are wanted"),
        ("places of the memo", Start().Op([.. Enumerable.Range(0, 500_000).SelectMany(place => (byte[])[(byte)']', (byte)'r', .. BitConverter.GetBytes(place * 4001)])]).ToArray(), "is no dictionary, where tensors by name are wanted"),
        ("more steps than a checkpoint has", Start().Op(new string('N', 5_000_000)).ToArray(), "has more than 2097152 steps"),
        ("marks without end", Start().Op(new string('(', 1_000_000)).ToArray(), "takes a value where there is none"),

        ("a place of the memo far away", Start().Op("Nr").Op([0xff, 0xff, 0xff, 0xff]).Op("j").Op([0xfe, 0xff, 0xff, 0xff]).ToArray(), "takes entry 4294967294 of its memo, which is empty"),
        ("a text of 4 GB", Start().Op("X").Op([0xff, 0xff, 0xff, 0xff]).ToArray(), "is truncated: 4294967295 bytes are wanted at byte 7 but 1 are left"),
        ("a text of 16 EB", Start(4).Op([0x8d, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]).ToArray(), "is truncated: 18446744073709551615 bytes are wanted at byte 11 but 1 are left"),
        ("bytes of 16 EB", Start(5).Op([0x96, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]).ToArray(), "is truncated: 18446744073709551615 bytes are wanted at byte 11 but 1 are left"),
        ("a frame of 16 EB", Start(4).Op([0x95, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]).ToArray(), "is truncated: 18446744073709551615 bytes are wanted at byte 11 but 1 are left"),
        ("a number of 4 GB", Start().Op([0x8b, 0xff, 0xff, 0xff, 0xff]).ToArray(), "has a whole number of 4294967295 bytes at byte 7, more than 255"),
        ("a line without end", Start().Op("cos").ToArray(), "is truncated: the line at byte 3 does not end"),
        ("a text that is no Unicode", Start().Op("X").Op([1, 0, 0, 0, 0xff]).ToArray(), "has a text at byte 7 that is not valid Unicode"),
        ("nothing on the stack", Start().ToArray(), "takes a value where there is none"),
        ("values in front of a mark", Start().Op("N(0").Op("R").ToArray(), "takes a value where there is none"),
        ("a tuple without a mark", Start().Op("Nt").ToArray(), "goes back to a mark where there is none"),
        ("an item for a number", Start().Op("NN").Op("a").ToArray(), "changes something as a list that is none"),
        ("a key without a value", Start().Op("}(Nu").ToArray(), "sets a key without a value"),
        ("state for a list", Start().Op("]}b").ToArray(), "changes something as a dictionary that is none"),

        ("a storage that is not there", State("FloatStorage", "7", 8, 0, [8], [1]), "asks for the storage 'archive/data/7', which is not in the archive"),
        ("a storage elsewhere", State("FloatStorage", "../../../etc/passwd", 8, 0, [8], [1]), "asks for the storage 'archive/data/../../../etc/passwd', which is not in the archive"),
        ("a storage that claims too much", State("FloatStorage", "0", 1L << 60, 0, [8], [1]), "claims 1152921504606846976 elements of 4 bytes for the storage 'archive/data/0', which has 32 bytes"),
        ("a storage that claims too little", State("FloatStorage", "0", 7, 0, [7], [1]), "claims 7 elements of 4 bytes for the storage 'archive/data/0', which has 32 bytes"),
        ("a storage below nothing", State("FloatStorage", "0", -8, 0, [8], [1]), "claims -8 elements of 4 bytes"),
        ("something else outside", Start().Text("passwd").Op("Q").ToArray(), "asks for something outside that is no storage of tensors"),
        ("a tensor that leaves its storage", State("FloatStorage", "0", 8, 0, [3, 3], [3, 1]), "has a tensor of shape [3, 3], strides [3, 1] and offset 0, which leaves its storage 'archive/data/0' of 8 elements"),
        ("by its offset", State("FloatStorage", "0", 8, 1, [8], [1]), "which leaves its storage"),
        ("by its strides", State("FloatStorage", "0", 8, 0, [2], [8]), "which leaves its storage"),
        ("by sums of 64 bits", State("FloatStorage", "0", 8, 0, [3, 3], [long.MaxValue, long.MaxValue]), "which leaves its storage"),
        ("by an offset of 64 bits", State("FloatStorage", "0", 8, long.MaxValue, [2], [1]), "which leaves its storage"),
        ("a negative offset", State("FloatStorage", "0", 8, -1, [2], [1]), "and offset -1, of which none may be negative"),
        ("a negative stride", State("FloatStorage", "0", 8, 7, [8], [-1]), "strides [-1] and offset 7, of which none may be negative"),
        ("a negative size", State("FloatStorage", "0", 8, 0, [-1], [1]), "of which none may be negative"),
        ("a product of sizes of more than 64 bits", State("FloatStorage", "0", 8, 0, [1L << 40, 1L << 40], [0, 0]), "more elements than a file can hold"),
        ("a product that comes out as nothing", State("FloatStorage", "0", 8, 0, [1L << 32, 1L << 32], [0, 0]), "more elements than a file can hold"),
        ("a product of bytes just above 63 bits", State("CharStorage", "0", 32, 0, [2, long.MaxValue], [1, 0]), "more elements than a file can hold"),
        ("fewer strides than sizes", State("FloatStorage", "0", 8, 0, [2, 2], [1]), "which do not belong together"),
        ("65 axes", State("FloatStorage", "0", 8, 0, Enumerable.Repeat(1L, 65), Enumerable.Repeat(1L, 65)), "has a tensor of 65 sizes, more than 64"),
        ("a size that is no number", Start().Global("torch._utils", "_rebuild_tensor_v2").Op("(").Storage("FloatStorage", "0", 8).Whole(0).Text("x").Op([0x85]).Wholes(1).Op([0x89]).Op("NtR").ToArray(), "has a tensor with sizes that are no numbers"),
        ("numbers that are negated when they are read", Start().Global("torch._utils", "_rebuild_tensor_v2").Op("(").Storage("FloatStorage", "0", 8).Whole(0).Wholes(8).Wholes(1).Op([0x89]).Op("N}").Text("neg").Op([0x88]).Op("stR").ToArray(), "has a tensor whose elements are negated or conjugated when they are read"),
        ("tensors without names", Start().Op("]").Tensor("FloatStorage", "0", 8, 0, [8], [1]).Op("a").ToArray(), "is no dictionary, where tensors by name are wanted"),
        ("other things by name", Start().Op("}").Text("weights").Whole(1).Op("s").ToArray(), "is a dictionary of 'weights' without any, where tensors by name are wanted"),
    ];

    public static TheoryData<string> Names => [.. pickles.Select(pickle => pickle.What)];

    [Theory, MemberData(nameof(Names))]
    public void It_is_refused_by_a_line_that_says_what_it_is(string what)
    {
        (_, byte[] pickle, string told) = pickles.Single(row => row.What == what);
        byte[] file = TorchArchive.Of(pickle, ("0", eight));

        long before = GC.GetAllocatedBytesForCurrentThread();
        string error = TorchFiles.ErrorOf(file);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(error.Contains(told, StringComparison.Ordinal), $"{what}: {error}");
        Assert.InRange(allocated, 0, MostAllocated + (100L * pickle.Length));
        Assert.False(File.Exists("attacked"));
    }

    private static PickleWriter Start(byte protocol = 2) => new(protocol);

    private static PickleWriter Global(string module, string name) => Start().Global(module, name);

    private static byte[] State(string type, string key, long length, long offset, IEnumerable<long> shape, IEnumerable<long> strides) =>
        Start().Op("}").Text("w").Tensor(type, key, length, offset, shape, strides).Op("s").ToArray();

    /// <summary>A list of ten times the same list of ten times the same list and so on: 10⁴⁰ items.</summary>
    private static PickleWriter MemoBomb()
    {
        PickleWriter bomb = Start().Op("]").Whole(1).Op("aq").Op([0]);
        for (byte level = 1; level <= 40; level++)
        {
            bomb.Op("](");
            for (int copy = 0; copy < 10; copy++)
                bomb.Op("h").Op([(byte)(level - 1)]);
            bomb.Op("eq").Op([level]);
        }

        return bomb;
    }
}
