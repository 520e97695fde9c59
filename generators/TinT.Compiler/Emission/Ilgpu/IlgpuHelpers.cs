using TinT.Compiler.Layout;
using TinT.Compiler.Text;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu;

/// <summary>Writes what the kernels of one class of groups share: sizes, loads of tiles, sums over a group, and stores.</summary>
internal static class IlgpuHelpers
{
    private const string Inlined = "[MethodImpl(MethodImplOptions.AggressiveInlining)]";

    public static void WriteSizes(CodeWriter code, GroupTile tile)
    {
        void Constant(string name, int value, string doc) => code.Doc("summary", doc).Line($"public const int {name} = {Integer(value)};\n");
        Constant("ThreadColumns", tile.ThreadColumns, "Threads of a group side by side, x.");
        Constant("ThreadRows", tile.ThreadRows, "Threads of a group below each other, y.");
        Constant("Threads", tile.Threads, "Threads of a group.");
        Constant("TileSize", tile.Size, "Rows and columns of a tile.");
        Constant("Depth", tile.Depth, "Terms of sums in shared memory at once.");
        Constant("Pitch", tile.Pitch, "Floats from one line of a tile in shared memory to the next.");
        Constant("RowLanes", tile.RowLanes, "Threads that share a row of attention scores.");
    }

    public static void WriteMethods(CodeWriter code)
    {
        code.Line(
            $$"""
            /// <summary>The sum of a value over all threads of a group.</summary>
            {{Inlined}}
            private static float Sum(ArrayView<float> shared, int thread, float value)
            {
                shared[thread] = value;
                for (int half = Threads / 2; half > 0; half /= 2)
                {
                    Group.Barrier();
                    if (thread < half)
                        shared[thread] += shared[thread + half];
                }

                Group.Barrier();
                float sum = shared[0];
                Group.Barrier();
                return sum;
            }

            /// <summary>The largest of the values of all threads of a group.</summary>
            {{Inlined}}
            private static float Largest(ArrayView<float> shared, int thread, float value)
            {
                shared[thread] = value;
                for (int half = Threads / 2; half > 0; half /= 2)
                {
                    Group.Barrier();
                    if (thread < half)
                        shared[thread] = XMath.Max(shared[thread], shared[thread + half]);
                }

                Group.Barrier();
                float largest = shared[0];
                Group.Barrier();
                return largest;
            }

            /// <summary>Stores an element of a matrix unless it lies outside.</summary>
            {{Inlined}}
            private static void Store(ArrayView1D<float, Stride1D.Dense> y, int row, int rows, int column, int columns, int stride, float value)
            {
                if (row < rows && column < columns)
                    y[(row * stride) + column] = value;
            }

            /// <summary>Stores an element of one of some matrices, one behind the other, unless it lies outside.</summary>
            {{Inlined}}
            private static void StorePart(ArrayView1D<float, Stride1D.Dense> y, int part, int row, int rows, int column, int columns, int stride, float value)
            {
                if (row < rows && column < columns)
                    y[(((part * rows) + row) * stride) + column] = value;
            }
            """);
    }

    /// <summary>Writes a method that finishes an element of a product.</summary>
    /// <param name="code">Where to.</param>
    /// <param name="name">Its name.</param>
    /// <param name="doc">What it stores.</param>
    /// <param name="parameters">Its parameters before row, column and value.</param>
    /// <param name="body">Statements for an element inside of the matrix.</param>
    /// <param name="columns">Columns of the matrix.</param>
    public static void WriteFinish(CodeWriter code, string name, string doc, IEnumerable<IlgpuParameter> parameters, string body, int columns)
    {
        code.Doc("summary", doc);
        code.Line(Inlined);
        code.Line($"private static void {name}(");
        string[] lines = [.. parameters.Select(parameter => $"{parameter.Type} {parameter.Name}"), "int row", "int column", "float value"];
        code.Indented(() => code.Line(string.Join(",\n", lines) + ")"));
        code.Line("{");
        code.Indented(() => code.Block($"if (row < rows && column < {Integer(columns)})", () => code.Line(body)));
        code.Line("}");
    }
}
