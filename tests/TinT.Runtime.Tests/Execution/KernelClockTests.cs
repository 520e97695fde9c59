using TinT.Runtime.Execution;

namespace TinT.Runtime.Tests.Execution;

/// <summary>Times of passes that run side by side are times of the run.</summary>
public sealed class KernelClockTests
{
    [Fact]
    public void Parts_that_ran_count_all_calls_and_their_mean_time()
    {
        KernelClock clock = new(2);
        KernelClock first = clock.Part();
        KernelClock second = clock.Part();
        clock.Part();
        foreach (KernelClock part in new[] { first, first, second })
        {
            part.Start();
            part.Mark(1);
            part.Stop();
        }

        Assert.Equal((0, 3), (clock.Calls(0), clock.Calls(1)));
        Assert.Equal((first.Seconds(1) + second.Seconds(1)) / 2, clock.Seconds(1), precision: 12);
        Assert.Equal(0, clock.Seconds(0));

        clock.Reset();

        Assert.Equal((0, 0), (clock.Calls(1), first.Calls(1)));
        Assert.Equal(0, clock.Seconds(1));
    }
}
