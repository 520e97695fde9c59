namespace TinT.Evaluation.Tokenizers.Models;

/// <summary>What a pair of neighbouring tokens is merged to.</summary>
/// <param name="Rank">Place in the list of merges, from 0; the lowest rank merges first.</param>
/// <param name="Id">Id of the merged token.</param>
internal readonly record struct Merge(int Rank, int Id);
