using System.Buffers.Binary;
using System.Text;
using static System.FormattableString;

namespace TinT.Runtime.Checkpoints.Pickle;

/// <summary>
/// Reads pickles of the protocols 2 to 5 and makes of them numbers, texts, containers and what a <see cref="IPickleWorld"/> gives. Nothing is executed:
/// there is no way from a pickle to a type, a method or a module.
/// </summary>
/// <remarks>Memory is bounded by the length of the pickle: every step makes one object at most, of at most the bytes that it takes.</remarks>
internal ref struct PickleMachine
{
    /// <summary>Most steps: those of about fifty thousand tensors.</summary>
    private const int MostSteps = 1 << 21;

    private const byte NewestProtocol = 5;

    private readonly IPickleWorld world;
    private readonly PickleStack stack = new();
    private PickleInput input;

    private PickleMachine(ReadOnlySpan<byte> pickle, IPickleWorld world)
    {
        input = new PickleInput(pickle);
        this.world = world;
    }

    /// <summary>Reads a pickle.</summary>
    /// <param name="pickle">Its bytes; what follows its end is not looked at.</param>
    /// <param name="world">What it may reach.</param>
    /// <returns>
    /// What the pickle made: <see langword="null"/>, <see cref="bool"/>, <see cref="long"/>, <see cref="System.Numerics.BigInteger"/>, <see cref="double"/>,
    /// <see cref="string"/>, an array of bytes, a <see cref="PickleTuple"/>, <see cref="PickleList"/>, <see cref="PickleDictionary"/>,
    /// <see cref="PickleGlobal"/>, or something that the world gave.
    /// </returns>
    /// <exception cref="PickleException">It is damaged, or wants something that the world does not allow.</exception>
    public static object? Read(ReadOnlySpan<byte> pickle, IPickleWorld world)
    {
        object? made = new PickleMachine(pickle, world).Run();
        PickleGraph.Check(made);
        return made;
    }

    private object? Run()
    {
        for (int step = 0; step < MostSteps; step++)
        {
            int at = input.Position;
            PickleOpcode opcode = (PickleOpcode)input.Byte();
            if (opcode == PickleOpcode.Stop)
                return stack.Pop();
            if (!PushValue(opcode) && !Fill(opcode) && !Reach(opcode) && !Arrange(opcode))
                throw Unknown(opcode, at);
        }

        throw new PickleException(Invariant($"has more than {MostSteps} steps, too many for a checkpoint"));
    }

    /// <summary>Values that stand in the pickle.</summary>
    private bool PushValue(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.None:
                stack.Push(null);
                return true;
            case PickleOpcode.NewTrue or PickleOpcode.NewFalse:
                stack.Push(opcode == PickleOpcode.NewTrue);
                return true;
            case PickleOpcode.BinInt:
                stack.Push((long)(int)input.UInt32());
                return true;
            case PickleOpcode.BinInt1:
                stack.Push((long)input.Byte());
                return true;
            case PickleOpcode.BinInt2:
                stack.Push((long)BinaryPrimitives.ReadUInt16LittleEndian(input.Take(2)));
                return true;
            case PickleOpcode.Long1:
                stack.Push(input.Whole(input.Byte()));
                return true;
            case PickleOpcode.Long4:
                stack.Push(input.Whole(input.UInt32()));
                return true;
            case PickleOpcode.BinFloat:
                stack.Push(BinaryPrimitives.ReadDoubleBigEndian(input.Take(8)));
                return true;
            case PickleOpcode.ShortBinUnicode:
                stack.Push(input.Text(input.Byte()));
                return true;
            case PickleOpcode.BinUnicode:
                stack.Push(input.Text(input.UInt32()));
                return true;
            case PickleOpcode.BinUnicode8:
                stack.Push(input.Text(input.UInt64()));
                return true;
            case PickleOpcode.ShortBinString:
                stack.Push(Encoding.Latin1.GetString(input.Take(input.Byte())));
                return true;
            case PickleOpcode.BinString:
                stack.Push(Encoding.Latin1.GetString(input.Take(input.UInt32())));
                return true;
            case PickleOpcode.ShortBinBytes:
                stack.Push(input.Take(input.Byte()).ToArray());
                return true;
            case PickleOpcode.BinBytes:
                stack.Push(input.Take(input.UInt32()).ToArray());
                return true;
            case PickleOpcode.BinBytes8 or PickleOpcode.ByteArray8:
                stack.Push(input.Take(input.UInt64()).ToArray());
                return true;
            default:
                return false;
        }
    }

    /// <summary>Containers.</summary>
    private readonly bool Fill(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.EmptyTuple:
                stack.Push(new PickleTuple([]));
                return true;
            case PickleOpcode.Tuple1 or PickleOpcode.Tuple2 or PickleOpcode.Tuple3:
                object?[] items = new object?[opcode - PickleOpcode.Tuple1 + 1];
                for (int index = items.Length - 1; index >= 0; index--)
                    items[index] = stack.Pop();
                stack.Push(new PickleTuple(items));
                return true;
            case PickleOpcode.Tuple:
                stack.Push(new PickleTuple(stack.PopToMark()));
                return true;
            case PickleOpcode.EmptyList or PickleOpcode.EmptySet:
                stack.Push(new PickleList());
                return true;
            case PickleOpcode.List or PickleOpcode.FrozenSet:
                PickleList list = new();
                list.Add(stack.PopToMark());
                stack.Push(list);
                return true;
            case PickleOpcode.Append:
                object? item = stack.Pop();
                Target<PickleList>("list").Add([item]);
                return true;
            case PickleOpcode.Appends or PickleOpcode.AddItems:
                object?[] added = stack.PopToMark();
                Target<PickleList>("list").Add(added);
                return true;
            case PickleOpcode.EmptyDict:
                stack.Push(new PickleDictionary());
                return true;
            case PickleOpcode.Dict:
                object?[] pairs = stack.PopToMark();
                stack.Push(new PickleDictionary());
                SetItems(pairs);
                return true;
            case PickleOpcode.SetItem:
                object? value = stack.Pop();
                object? key = stack.Pop();
                SetItems([key, value]);
                return true;
            case PickleOpcode.SetItems:
                SetItems(stack.PopToMark());
                return true;
            default:
                return false;
        }
    }

    /// <summary>What lies outside the pickle.</summary>
    private bool Reach(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Global:
                string module = input.Line();
                stack.Push(world.Find($"{module}.{input.Line()}"));
                return true;
            case PickleOpcode.StackGlobal:
                object? name = stack.Pop();
                object? inModule = stack.Pop();
                stack.Push(world.Find(
                    inModule is string && name is string ? $"{inModule}.{name}" : throw new PickleException("names a global with something that is no text")));
                return true;
            case PickleOpcode.BinPersId:
                stack.Push(world.Load(stack.Pop()));
                return true;
            case PickleOpcode.Reduce:
                object? arguments = stack.Pop();
                stack.Push(Call(stack.Pop(), arguments));
                return true;
            case PickleOpcode.Build:
                // Attributes, such as the _metadata of a state dict, say nothing of tensors.
                stack.Pop();
                Target<PickleDictionary>("dictionary");
                return true;
            default:
                return false;
        }
    }

    /// <summary>The stack and the memo.</summary>
    private bool Arrange(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Proto:
                byte protocol = input.Byte();
                return protocol <= NewestProtocol
                    ? true
                    : throw new PickleException(Invariant($"is of protocol {protocol}, but {NewestProtocol} is the newest that is known"));
            case PickleOpcode.Frame:
                // A frame says how much may be read at once.
                input.Peek(input.UInt64());
                return true;
            case PickleOpcode.Mark:
                stack.Mark();
                return true;
            case PickleOpcode.PopMark:
                stack.PopToMark();
                return true;
            case PickleOpcode.Pop:
                stack.Discard();
                return true;
            case PickleOpcode.Dup:
                stack.Push(stack.Top());
                return true;
            case PickleOpcode.BinPut:
                stack.Keep(input.Byte());
                return true;
            case PickleOpcode.LongBinPut:
                stack.Keep(input.UInt32());
                return true;
            case PickleOpcode.Memoize:
                stack.KeepNext();
                return true;
            case PickleOpcode.BinGet:
                stack.Recall(input.Byte());
                return true;
            case PickleOpcode.LongBinGet:
                stack.Recall(input.UInt32());
                return true;
            default:
                return false;
        }
    }

    private readonly void SetItems(ReadOnlySpan<object?> pairs)
    {
        PickleDictionary target = Target<PickleDictionary>("dictionary");
        if (pairs.Length % 2 != 0)
            throw new PickleException("sets a key without a value");
        for (int index = 0; index < pairs.Length; index += 2)
            target.Set(pairs[index], pairs[index + 1]);
    }

    private readonly T Target<T>(string what)
        where T : class => stack.Top() as T ?? throw new PickleException($"changes something as a {what} that is none");

    private static object? Call(object? function, object? arguments)
    {
        if (function is not PickleFunction called)
            throw new PickleException(
                function is PickleGlobal global ? $"calls '{global.Name}', which is not to be called" : "calls something that is no function");
        return called.Call(
            arguments is PickleTuple tuple ? tuple.Items : throw new PickleException($"calls '{called.Name}' with something that are no arguments"));
    }

    private static PickleException Unknown(PickleOpcode opcode, int at) => new(Enum.IsDefined(opcode)
        ? Invariant($"has the opcode {opcode.ToString().ToUpperInvariant()} at byte {at}, which no tensors need")
        : Invariant($"has 0x{(byte)opcode:x2} at byte {at}, which is no opcode"));
}
