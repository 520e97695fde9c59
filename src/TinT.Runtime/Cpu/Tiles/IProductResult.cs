using TinT.Runtime.Cpu.Lanes;

namespace TinT.Runtime.Cpu.Tiles;

/// <summary>What becomes of a product's finished tiles, each a part of (x Wᵀ)ᵀ: output features by tokens.</summary>
internal unsafe interface IProductResult
{
    /// <summary>Memory that <see cref="Take{TLanes}"/> will write and that should be requested while the tile is computed.</summary>
    /// <param name="feature">First output feature.</param>
    /// <param name="features">Output features.</param>
    /// <param name="token">First token.</param>
    /// <param name="tokens">Tokens.</param>
    /// <param name="steps">In how many steps.</param>
    Prefetcher Ahead(int feature, int features, int token, int tokens, int steps);

    /// <summary>Takes a tile. Workers call it at the same time, each element is taken once.</summary>
    /// <typeparam name="TLanes">The vector.</typeparam>
    /// <param name="tile">[features, tokens]; tokens are filled up to whole vectors.</param>
    /// <param name="stride">Row stride of the tile in floats.</param>
    /// <param name="feature">First output feature.</param>
    /// <param name="features">Output features.</param>
    /// <param name="token">First token.</param>
    /// <param name="tokens">Tokens.</param>
    void Take<TLanes>(float* tile, int stride, int feature, int features, int token, int tokens)
        where TLanes : struct, ILanes<TLanes>;
}
