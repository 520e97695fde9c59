using TinT.Generated;

namespace Library;

public static class Names
{
    public static string OfModel => Gpt2VarMaskAllOnesSimulator.Model.Model;
}
