using TinT.Fuzz.Tests.Fuzzing;
using TinT.Tests.Common;

namespace TinT.Fuzz.Tests.Checkpoints;

/// <summary>Builds files of PyTorch that are mostly right: a state dict, of which opcodes are changed, moved, repeated, left out or replaced, or bytes damaged.</summary>
internal static class PickleDraft
{
    private static readonly byte[] protocols = [2, 4, 5, 3, 0, 1, 6, 255];

    private static readonly (string Module, string Name)[] globals =
    [
        ("collections", "OrderedDict"), ("torch._utils", "_rebuild_tensor_v2"), ("torch._utils", "_rebuild_parameter"), ("torch", "FloatStorage"), ("torch", "Size"), ("torch", "float32"),
        ("torch._tensor", "_rebuild_from_type_v2"), ("torch.storage", "UntypedStorage"), ("torch._utils", "_rebuild_tensor_v3"), ("os", "system"), ("builtins", "getattr"), ("", ""), ("torch", "nn.Module\r"),
    ];

    private static readonly string[] storages =
        ["FloatStorage", "HalfStorage", "BFloat16Storage", "DoubleStorage", "LongStorage", "BoolStorage", "ByteStorage", "CharStorage"];
    private static readonly long[] numbers =
        [0, 1, 2, 3, 4, 6, 8, 255, 65536, -1, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue, 1L << 32, 1L << 62];

    /// <summary>Bytes of a file.</summary>
    public static byte[] Build(Choices choices)
    {
        List<byte[]> steps = State(choices);
        for (int count = choices.Once(2) ? choices.Between(1, 4) : 0; count > 0 && steps.Count > 0; count--)
            Change(choices, steps);
        byte[] pickle = [.. new PickleWriter(choices.Once(20) ? choices.Of(protocols) : (byte)2).ToArray()[..2], .. steps.SelectMany(step => step), .. choices.Once(40) ? (byte[])[] : [(byte)'.']];
        if (choices.Once(5))
            pickle = Damage.Apply(pickle, choices);
        byte[] file = choices.Once(30) ? Archive(choices, pickle) : TorchArchive.Of(pickle, ("0", new byte[32]), ("1", [1, 0, 1, 0, 0, 0, 0, 0]));
        return choices.Once(5) ? Damage.Apply(file, choices) : file;
    }

    private static byte[] Archive(Choices choices, byte[] pickle)
    {
        TorchArchive archive = new(choices.Of("a", "", "..", "a/b", "\u00e9"));
        foreach (string name in (string[])["data.pkl", "data/0", "data/1"])
        {
            for (int copies = choices.Of(1, 1, 2, 0); copies > 0; copies--)
                archive.Add(name, name == "data.pkl" ? pickle : new byte[choices.Of(32, 8, 0, 31)], choices.Once(10) ? (ushort)8 : (ushort)0);
        }

        if (choices.Once(2))
            archive.Add(
                choices.Of("byteorder", "constants.pkl", "version", "code/x.py"), [.. choices.Of("little", "big", "", "3").Select(letter => (byte)letter)]);
        return archive.ToArray();
    }

    private static List<byte[]> State(Choices choices)
    {
        List<byte[]> steps = [Step(w => w.Global("collections", "OrderedDict")), Step(w => w.Op(")")), Step(w => w.Op("R")), Step(w => w.Op("("))];
        for (int count = choices.Between(1, 3); count > 0; count--)
        {
            steps.Add(Step(w => w.Text(choices.Of("w", "v", "transformer.wte.weight", "", "x\ny"))));
            steps.Add(Step(w => w.Global("torch._utils", "_rebuild_tensor_v2")));
            steps.Add(Step(w => w.Op("(")));
            bool small = choices.Once(4);
            string type = small ? choices.Of("ByteStorage", "BoolStorage", "CharStorage") : choices.Once(4) ? choices.Of(storages) : "FloatStorage";
            steps.Add(Step(w => w.Storage(type, small ? "1" : "0", choices.Once(20) ? choices.Of(numbers) : small ? 8 : Lengths(type))));
            long[] shape = [.. Enumerable.Range(0, choices.Between(0, 3)).Select(_ => choices.Once(12) ? choices.Of(numbers) : choices.Of(2L, 1L, 0L))];
            long[] strides = choices.Once(6) ? [.. shape.Select(_ => choices.Of(numbers))] : TorchState.RowMajor(shape);
            steps.Add(Step(w => w.Whole(choices.Once(12) ? choices.Of(numbers) : 0)));
            steps.Add(Step(w => w.Wholes(shape)));
            steps.Add(Step(w => w.Wholes(choices.Once(6) ? strides.Reverse() : strides)));
            steps.Add([0x89]);
            steps.Add(Step(w => w.Global("collections", "OrderedDict").Op(")R")));
            steps.Add(Step(w => w.Op("t")));
            steps.Add(Step(w => w.Op("R")));
        }

        steps.Add(Step(w => w.Op("u")));
        if (choices.Once(4))
        {
            steps.Insert(0, Step(w => w.Op("}").Text(choices.Of("model", "state_dict", "other"))));
            steps.Add(Step(w => w.Op("s")));
        }

        return steps;
    }

    private static long Lengths(string type) => type switch
    {
        "FloatStorage" => 8,
        "DoubleStorage" or "LongStorage" => 4,
        "HalfStorage" or "BFloat16Storage" => 16,
        _ => 32,
    };

    private static void Change(Choices choices, List<byte[]> steps)
    {
        int at = choices.Below(steps.Count);
        switch (choices.Below(5))
        {
            case 0:
                steps.RemoveAt(at);
                break;
            case 1:
                steps.Insert(at, steps[choices.Below(steps.Count)]);
                break;
            case 2:
                steps[at] = Any(choices);
                break;
            case 3:
                steps.Insert(at, Any(choices));
                break;
            default:
                (steps[at], steps[choices.Below(steps.Count)]) = (steps[choices.Below(steps.Count)], steps[at]);
                break;
        }
    }

    /// <summary>Any opcode, known or not, with operands.</summary>
    private static byte[] Any(Choices choices) => choices.Below(8) switch
    {
        0 => Step(w => w.Op([(byte)choices.Below(256)])),
        1 => Step(w => { (string module, string name) = choices.Of(globals); w.Global(module, name); }),
        2 => Step(w => w.Whole(choices.Of(numbers))),
        3 => Step(w => w.Op("q").Op([(byte)choices.Below(4)])),
        4 => Step(w => w.Op("h").Op([(byte)choices.Below(4)])),
        5 => Step(w => w.Op(choices.Of("]", "}", ")", "N", "(", "0", "1", "2", "a", "s", "b", "R", "Q", "d", "l", "e"))),
        6 => Step(w => w.Op(
            [choices.Of<byte>(0x8d, 0x8e, 0x95, 0x96, (byte)'X', (byte)'B', (byte)'r', (byte)'j', 0x8b), .. BitConverter.GetBytes(choices.Of(numbers))])),
        _ => [choices.Of<byte>(0x85, 0x86, 0x87, 0x88, 0x89, 0x8f, 0x90, 0x91, 0x93, 0x94, 0x81)],
    };

    private static byte[] Step(Action<PickleWriter> write)
    {
        PickleWriter writer = new();
        write(writer);
        return writer.ToArray()[2..^1];
    }
}
