using TinT.Runtime.Cpu.Attention;

namespace TinT.Runtime.Tests.Cpu;

/// <summary>Attention and its gradients as written, in double, with the sizes of the sums for error bounds.</summary>
internal sealed class AttentionYardstick
{
    private readonly int tokens;
    private readonly int headSize;
    private readonly AttentionForm form;
    private readonly Func<int, int> position;
    private readonly Func<int, int, bool> allowed;
    private readonly GuardedMatrix q;
    private readonly GuardedMatrix k;
    private readonly GuardedMatrix v;

    private readonly GuardedMatrix gradient;
    private readonly int firstRow;
    private readonly (double Value, double Size)[,,] slopes;
    private double largestScore;

    public AttentionYardstick(
        GuardedMatrix q,
        GuardedMatrix k,
        GuardedMatrix v,
        GuardedMatrix gradient,
        AttentionForm form,
        Func<int, int, bool> allowed,
        Func<int, int> position,
        int firstRow)
    {
        int heads = form.Heads;
        this.form = form;
        this.position = position;
        this.gradient = gradient;
        this.firstRow = firstRow;
        this.q = q;
        this.k = k;
        this.v = v;
        this.allowed = allowed;
        tokens = q.View.Rows;
        headSize = q.View.Columns / heads;
        Scale = form.Scale ?? 1 / Math.Sqrt(headSize);
        Weights = new double[heads, tokens, tokens];
        for (int head = 0; head < heads; head++)
        {
            for (int row = 0; row < tokens; row++)
                FillWeights(head, row);
        }

        slopes = new (double, double)[heads, gradient.View.Rows, tokens];
        for (int head = 0; head < heads; head++)
        {
            for (int row = 0; row < gradient.View.Rows; row++)
                FillSlopes(head, row);
        }
    }

    public double Scale { get; }

    public double[,,] Weights { get; }

    /// <summary>Largest relative error of a weight: the rounding of two scores (d products and sums, scale and shift), of exp (2 ulp), of the sum and the division.</summary>
    public double WeightError => ((2 * (headSize + 4) * largestScore) + 8 + tokens) / (1 << 24);

    public (double Value, double Size) Output(int row, int column) =>
        Sum(0, row, key => Weights[column / headSize, row, key] * v[key, Shared(column)]);

    public (double Value, double Size) ToValues(int row, int column) => OfGroup(column, (head, own) =>
        Sum(row, gradient.View.Rows - 1, other => Weights[head, firstRow + other, firstRow + row] * gradient[other, own]));

    public (double Value, double Size) ToQueries(int row, int column) =>
        Combine(0, firstRow + row, key => (slopes[column / headSize, row, key], k[key, Shared(column)]));

    public (double Value, double Size) ToKeys(int row, int column) => OfGroup(column, (head, own) =>
        Combine(row, gradient.View.Rows - 1, other => (slopes[head, other, firstRow + row], q[firstRow + other, own])));

    /// <summary>The column of keys and values that a column of queries goes with.</summary>
    private int Shared(int column) => (column / headSize / form.GroupSize * headSize) + (column % headSize);

    /// <summary>A sum over the heads that share a column of keys and values, and their own columns.</summary>
    private (double Value, double Size) OfGroup(int column, Func<int, int, (double Value, double Size)> term)
    {
        int first = column / headSize * form.GroupSize;
        return Combine(first, first + form.GroupSize - 1, head => (term(head, (head * headSize) + (column % headSize)), 1));
    }

    private static (double Value, double Size) Sum(int first, int last, Func<int, double> term) =>
        Combine(first, last, index => ((term(index), Math.Abs(term(index))), 1));

    private static (double Value, double Size) Combine(int first, int last, Func<int, ((double Value, double Size) Slope, double Factor)> term)
    {
        double value = 0;
        double size = 0;
        for (int index = first; index <= last; index++)
        {
            ((double slope, double slopeSize), double factor) = term(index);
            value += slope * factor;
            size += slopeSize * Math.Abs(factor);
        }

        return (value, size);
    }

    private void FillSlopes(int head, int row)
    {
        int query = firstRow + row;
        (double Value, double Size)[] toWeights = new (double, double)[query + 1];
        double mean = 0;
        double meanSize = 0;
        for (int key = 0; key <= query; key++)
        {
            toWeights[key] = Dot(gradient, row, v, key, head);
            mean += Weights[head, query, key] * toWeights[key].Value;
            meanSize += Weights[head, query, key] * toWeights[key].Size;
        }

        for (int key = 0; key <= query; key++)
        {
            double weight = Weights[head, query, key] * Scale;
            double slope = form.Cap == 0 ? 1 : 1 - Math.Pow(Capped(Dot(q, query, k, key, head).Value * Scale) / form.Cap, 2);
            slopes[head, row, key] = (weight * slope * (toWeights[key].Value - mean), weight * (toWeights[key].Size + meanSize));
        }
    }

    private (double Value, double Size) Dot(GuardedMatrix left, int leftRow, GuardedMatrix right, int rightRow, int head)
    {
        Span<float> a = left.View.Row(leftRow);
        Span<float> b = right.View.Row(rightRow);
        double value = 0;
        double size = 0;
        for (int index = 0; index < headSize; index++)
        {
            double product = (double)a[(head * headSize) + index] * b[(head / form.GroupSize * headSize) + index];
            value += product;
            size += Math.Abs(product);
        }

        return (value, size);
    }

    private double Capped(double score) => form.Cap == 0 ? score : form.Cap * Math.Tanh(score / form.Cap);

    private void FillWeights(int head, int row)
    {
        double[] scores = new double[row + 1];
        double largest = double.NegativeInfinity;
        for (int key = 0; key <= row; key++)
        {
            (double dot, double size) = Dot(q, row, k, key, head);
            double distance = form.Slopes is { } fall ? fall[head] * (position(key) - position(row)) : 0;
            bool isInside = form.Window == 0 || row - key < form.Window;
            scores[key] = allowed(row, key) && isInside ? Capped(dot * Scale) + distance : double.NegativeInfinity;
            largest = Math.Max(largest, scores[key]);
            largestScore = Math.Max(largestScore, (size * Scale) + Math.Abs(distance) + form.Cap);
        }

        if (double.IsNegativeInfinity(largest))
            return;

        double sum = 0;
        for (int key = 0; key <= row; key++)
        {
            Weights[head, row, key] = Math.Exp(scores[key] - largest);
            sum += Weights[head, row, key];
        }

        for (int key = 0; key <= row; key++)
            Weights[head, row, key] /= sum;
    }
}
