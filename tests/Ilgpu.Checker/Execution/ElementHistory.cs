namespace Ilgpu.Checker.Execution;

/// <summary>Who last touched an element. Epochs number all stretches between barriers of all launches; 0 is never.</summary>
internal struct ElementHistory
{
    /// <summary>Epoch of a write by the host, which no launch overlaps.</summary>
    public const int Host = 1;

    /// <summary>Epoch of the last write.</summary>
    public int WriteEpoch;

    /// <summary>Thread of its group that wrote.</summary>
    public int Writer;

    /// <summary>Epoch of the last read.</summary>
    public int ReadEpoch;

    /// <summary>Thread of its group that read; −1 for several.</summary>
    public int Reader;

    /// <summary>Last launch in which a group other than that of the last read has read.</summary>
    public int OtherReaderLaunch;
}
