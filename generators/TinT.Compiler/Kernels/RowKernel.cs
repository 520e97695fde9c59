using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Text;

namespace TinT.Compiler.Kernels;

/// <summary>A kernel that works row by row: a structure with its operands and a loop over rows, whose stretches threads share.</summary>
internal abstract class RowKernel : KernelForm
{
    /// <inheritdoc/>
    public override bool IsPerSequence(CpuCall call) => call.Backward && call.ReadsAllRows;

    /// <inheritdoc/>
    public override string Call(CpuCall call) => call.Rows([.. call.Inputs, .. call.Outputs]);

    /// <summary>Writes the structure.</summary>
    /// <param name="code">Where to.</param>
    /// <param name="model">The model.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="formula">Its formula.</param>
    /// <param name="construction">What it is in the construction.</param>
    /// <param name="fields">Its operands, with what is said of each.</param>
    /// <param name="body">What it does with <c>row</c>.</param>
    /// <param name="locals">Statements in front of the loop.</param>
    protected static void Write(
        CodeWriter code,
        CompiledModel model,
        Kernel kernel,
        string formula,
        string construction,
        IReadOnlyList<(string Type, string Name, string Doc)> fields,
        string body,
        string locals = "")
    {
        KernelText.Document(code, model, kernel, formula, construction);
        foreach ((string _, string name, string doc) in fields)
            code.Doc("param", doc, $" name=\"{name}\"");
        code.Line($"public readonly struct {KernelNames.Of(kernel)}(");
        code.Indented(() => code.Line(string.Join(",\n", fields.Select(f => $"{f.Type} {f.Name}")) + ") : IRowKernel"));
        code.Line("{");
        code.Indented(() =>
        {
            code.Line("/// <inheritdoc/>");
            code.Block("public void Run(int firstRow, int rowCount, int worker)", () =>
            {
                if (locals.Length > 0)
                    code.Line(locals);
                if (body.Contains('\n'))
                    code.Block("for (int row = firstRow; row < firstRow + rowCount; row++)", () => code.Line(body));
                else
                    code.Line("for (int row = firstRow; row < firstRow + rowCount; row++)").Indented(() => code.Line(body));
            });
        });
        code.Line("}");
    }
}
