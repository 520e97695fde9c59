using TinT.Cli.Rendering;

namespace TinT.Cli.Commands;

/// <summary>What every command works with.</summary>
/// <param name="Console">Where output, progress and errors go.</param>
/// <param name="CancellationToken">Ends the command.</param>
internal sealed record CommandContext(TintConsole Console, CancellationToken CancellationToken);
