using TinT.Compiler.Layout;
using TinT.Compiler.Text;

namespace TinT.Compiler.Emission;

/// <summary>Where a simulator, on the processor or a GPU, keeps what a trained layer does of a step.</summary>
internal static class MemorySlotWriter
{
    /// <summary>Writes the structure <c>MemorySlot</c> and what finds the slot of a layer.</summary>
    /// <param name="code">The simulator class.</param>
    /// <param name="model">The model.</param>
    /// <param name="ownerType">Type of what the slots lie in.</param>
    /// <param name="owner">Name of it inside the structure.</param>
    /// <param name="instance">The simulator's own, as an expression.</param>
    /// <param name="view">Declaration of the view of a buffer, from the buffer and where its kind begins.</param>
    public static void Write(CodeWriter code, CompiledModel model, string ownerType, string owner, string instance, Func<TokenBuffer, string, string> view)
    {
        bool keeps = model.Buffers.Buffers.Any(buffer => buffer.Kind is BufferKind.KeptGradient or BufferKind.KeptInput);
        string member = instance == "this" ? string.Empty : $"{instance}.";
        string kept = keeps ? $", {member}KeptGradientColumn(place.Step, place.Depth), {member}KeptInputColumn(place.Step, place.Depth)" : string.Empty;
        code.Doc("summary", "What a layer keeps at a place.");
        code.Line($"private MemorySlot Memory(KeptPlace place) => new({instance}, {member}MemoryColumn(place.Step, place.Depth){kept});\n");
        if (keeps)
            code.Line($"private MemorySlot Kept(int step, int layer) => Memory(new KeptPlace(step, layer - (LayerCount - {member}Training.Layers)));\n");
        code.Doc("summary", keeps
            ? "What one layer's forward pass keeps for its backward pass, and what both keep for passes after the step."
            : "What one layer's forward pass keeps for its backward pass; the construction keeps it in the top coordinates of each token.");
        code.Block($"private readonly struct MemorySlot({ownerType} {owner}, long memory{(keeps ? ", long gradients, long inputs" : string.Empty)})", () =>
            code.Separated(model.Buffers.Buffers.Where(buffer => buffer.Kind != BufferKind.Transient), buffer =>
            {
                string rows = buffer.TrainingRows ? "R" : "T";
                string place = buffer.Kind switch
                {
                    BufferKind.Memory => "memory + ",
                    BufferKind.KeptGradient => "gradients + ",
                    BufferKind.KeptInput => "inputs + ",
                    _ => throw new InvalidOperationException($"A slot has no buffers of the kind {buffer.Kind}."),
                };
                code.Doc("summary", buffer.IsVector ? $"{buffer.Name}, [{rows}]." : $"{buffer.Name}, [{rows}, {buffer.Columns}].");
                code.Line($"public {view(buffer, place)}");
            }));
        code.Line();
    }
}
