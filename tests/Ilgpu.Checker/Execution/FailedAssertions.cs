using System.Diagnostics;

namespace Ilgpu.Checker.Execution;

/// <summary>Makes assertions of ILGPU, such as that a part of a view lies inside of it, exceptions; they end the process otherwise.</summary>
internal sealed class FailedAssertions : TraceListener
{
    private static readonly Lazy<FailedAssertions> Listener = new(() =>
    {
        var listener = new FailedAssertions();
        Trace.Listeners.Insert(0, listener);
        return listener;
    });

    /// <summary>From now on, in this process.</summary>
    public static void Throw() => _ = Listener.Value;

    /// <inheritdoc/>
    public override void Fail(string? message) => Fail(message, detailMessage: null);

    /// <inheritdoc/>
    public override void Fail(string? message, string? detailMessage) => throw GroupRun.BrokenRule($"ILGPU asserts: {message}");

    /// <inheritdoc/>
    public override void Write(string? message)
    {
    }

    /// <inheritdoc/>
    public override void WriteLine(string? message)
    {
    }
}
