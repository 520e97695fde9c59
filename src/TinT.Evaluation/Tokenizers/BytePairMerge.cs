namespace TinT.Evaluation.Tokenizers;

/// <summary>What a pair of neighbouring tokens is merged to.</summary>
/// <param name="Rank">Place in <c>merges.txt</c>, from 0; the lowest rank merges first.</param>
/// <param name="Id">Id of the merged token.</param>
internal readonly record struct BytePairMerge(int Rank, int Id);
