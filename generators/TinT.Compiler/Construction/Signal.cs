namespace TinT.Compiler.Construction;

/// <summary>A signal of one auxiliary layer: a row for each token.</summary>
/// <param name="Stem">What it is called; a gradient is called after the signal it belongs to.</param>
/// <param name="Width">Numbers in a row.</param>
/// <param name="Block">Which of its blocks of D it is, from 0.</param>
/// <param name="Blocks">Blocks it is cut in; 1 if it is whole.</param>
public sealed record Signal(string Stem, int Width, int Block = 0, int Blocks = 1)
{
    private const string GradientSuffix = "_gradient";

    /// <summary>Its name: <c>x</c>, or <c>x[k]</c> for a block.</summary>
    public string Name => Blocks == 1 ? Stem : $"{Stem}[{Block}]";

    /// <summary>The gradient with respect to it.</summary>
    public Signal Gradient => this with { Stem = Stem + GradientSuffix };

    /// <summary>The share of its gradient that comes through one of the modules that read it.</summary>
    /// <param name="module">The module, or one of its blocks.</param>
    public Signal GradientThrough(SimulatorModule module)
    {
        string name = module.Name.Substring(module.Name.LastIndexOf('.') + 1);
        Signal share = this with { Stem = $"{Stem}{GradientSuffix}_through_{name}" };
        return module.Matrix is { Copies: > 1 } matrix ? share with { Block = matrix.Copy, Blocks = matrix.Copies } : share;
    }

    /// <summary>It, cut in blocks of at most <paramref name="size"/> numbers.</summary>
    public IReadOnlyList<Signal> CutIn(int size)
    {
        int blocks = PrefixMatrix.BlocksOf(Width, size);
        return [.. Enumerable.Range(0, blocks).Select(k => new Signal(Stem, Math.Min(size, Width - (k * size)), k, blocks))];
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
