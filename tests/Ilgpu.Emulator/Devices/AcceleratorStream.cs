namespace ILGPU.Runtime;

/// <summary>A queue of launches and transfers; here each is done at once.</summary>
public abstract class AcceleratorStream
{
    private protected AcceleratorStream()
    {
    }

    /// <summary>Waits until the queue is empty.</summary>
    public abstract void Synchronize();
}
