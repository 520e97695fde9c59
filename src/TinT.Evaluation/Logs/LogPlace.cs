namespace TinT.Evaluation.Logs;

/// <summary>How far a log was read.</summary>
/// <param name="Bytes">Bytes of whole lines.</param>
/// <param name="Lines">Those lines.</param>
internal readonly record struct LogPlace(long Bytes, int Lines);
