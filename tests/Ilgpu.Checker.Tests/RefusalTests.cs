using ILGPU;
using ILGPU.Runtime;

namespace Ilgpu.Checker.Tests;

/// <summary>Kernels that no checked device takes: those that ILGPU does not compile, and those that do what the checker does not know.</summary>
public sealed class RefusalTests
{
    private static int counter;

    private static readonly float[] Table = [1, 2];

    public static TheoryData<string> NotCompiled => [nameof(Throws), nameof(WritesStaticField), nameof(ReadsStaticArray), nameof(CreatesObject), nameof(AllocatesOnStack), nameof(CallsIndirectly), nameof(UsesText), nameof(HandlesExceptions)];

    [Theory]
    [MemberData(nameof(NotCompiled))]
    public void What_ILGPU_does_not_compile_is_refused(string kernel)
    {
        using var device = new TestDevice();

        Assert.Throws<InternalCompilerException>(() => Load(device, kernel));
    }

    /// <summary>Kernels that differ in constants alone are compiled once; these differ in a method that they call.</summary>
    [Fact]
    public void A_kernel_is_not_accepted_for_one_that_looks_like_it()
    {
        using var device = new TestDevice();

        Load(device, nameof(CallsCounting));
        Load(device, nameof(CallsCountingFurther));
        Assert.Throws<InternalCompilerException>(() => Load(device, nameof(CallsThrowing)));
    }

    [Theory]
    [InlineData(nameof(Fused), "it calls MathF.FusedMultiplyAdd")]
    [InlineData(nameof(VotesAtBarrier), "it calls Group.BarrierPopCount")]
    public void What_the_checker_does_not_know_is_refused(string kernel, string reason)
    {
        using var device = new TestDevice();

        NotSupportedException failure = Assert.Throws<NotSupportedException>(() => Load(device, kernel));

        Assert.Equal($"RefusalTests.{kernel} cannot be checked: {reason}.", failure.Message);
    }

    [Fact]
    public void Methods_that_call_each_other_without_end_are_refused()
    {
        using var device = new TestDevice();

        Assert.EndsWith("calls itself.", Assert.Throws<NotSupportedException>(() => Load(device, nameof(CallsItself))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Kernels_without_groups_have_no_barriers_and_no_shared_memory()
    {
        using var device = new TestDevice();

        Assert.Equal(
            "RefusalTests.WaitsAlone cannot be checked: it has barriers but no groups.",
            Assert.Throws<NotSupportedException>(() => device.Accelerator.LoadAutoGroupedStreamKernel<Index1D, ArrayView1D<float, Stride1D.Dense>>(WaitsAlone)).Message);
        Assert.Throws<InternalCompilerException>(
            () => device.Accelerator.LoadAutoGroupedStreamKernel<Index1D, ArrayView1D<float, Stride1D.Dense>>(SharesAlone));
    }

    private static void Load(TestDevice device, string kernel) =>
        device.Accelerator.LoadStreamKernel(typeof(RefusalTests).GetMethod(kernel, System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!.CreateDelegate<Action<ArrayView1D<float, Stride1D.Dense>>>());

    private static void Throws(ArrayView1D<float, Stride1D.Dense> x)
    {
        if (Group.IdxX > 3)
            throw new NotSupportedException();
        x[Group.IdxX] = 1;
    }

    private static void CallsCounting(ArrayView1D<float, Stride1D.Dense> x) => x[Group.IdxX] = Count(2);

    private static void CallsCountingFurther(ArrayView1D<float, Stride1D.Dense> x) => x[Group.IdxX] = Count(2000);

    private static void CallsThrowing(ArrayView1D<float, Stride1D.Dense> x) => x[Group.IdxX] = CountOrThrow(2);

    private static float Count(int number) => number > 3 ? 1 : number;

    private static float CountOrThrow(int number) => number > 3 ? throw new NotSupportedException() : number;

    private static void WritesStaticField(ArrayView1D<float, Stride1D.Dense> x)
    {
        counter = Group.IdxX;
        x[Group.IdxX] = counter;
    }

    private static void ReadsStaticArray(ArrayView1D<float, Stride1D.Dense> x) => x[Group.IdxX] = Table[Group.IdxX % 2];

    private static void CreatesObject(ArrayView1D<float, Stride1D.Dense> x) => x[Group.IdxX] = new Version(Group.IdxX, 0).Major;

    private static void CallsItself(ArrayView1D<float, Stride1D.Dense> x) => x[Group.IdxX] = Even(Group.IdxX);

    private static float Even(int number) => number == 0 ? 1 : Odd(number - 1);

    private static float Odd(int number) => number == 0 ? 0 : Even(number - 1);

    private static unsafe void AllocatesOnStack(ArrayView1D<float, Stride1D.Dense> x)
    {
        float* values = stackalloc float[4];
        values[Group.IdxX] = 1;
        x[Group.IdxX] = values[Group.IdxX];
    }

    private static void CallsIndirectly(ArrayView1D<float, Stride1D.Dense> x)
    {
        Func<float, float> function = Group.IdxX > 1 ? MathF.Abs : MathF.Sqrt;
        x[Group.IdxX] = function(1);
    }

    private static void UsesText(ArrayView1D<float, Stride1D.Dense> x) => x[Group.IdxX] = (Group.IdxX > 1 ? "more" : "less").Length;

    private static void HandlesExceptions(ArrayView1D<float, Stride1D.Dense> x)
    {
        try
        {
            x[Group.IdxX] = 1;
        }
        finally
        {
            x[Group.IdxX] = 2;
        }
    }

    private static void Fused(ArrayView1D<float, Stride1D.Dense> x) => x[Group.IdxX] = MathF.FusedMultiplyAdd(2, 3, x[Group.IdxX]);

    private static void VotesAtBarrier(ArrayView1D<float, Stride1D.Dense> x) => x[Group.IdxX] = Group.BarrierPopCount(Group.IdxX > 1);

    private static void WaitsAlone(Index1D index, ArrayView1D<float, Stride1D.Dense> x)
    {
        Group.Barrier();
        x[index] = 1;
    }

    private static void SharesAlone(Index1D index, ArrayView1D<float, Stride1D.Dense> x)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(4);
        shared[0] = 1;
        x[index] = shared[0];
    }
}
