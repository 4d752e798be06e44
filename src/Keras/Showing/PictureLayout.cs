namespace Workbook.Keras;

/// <summary>Places boxes in rows, so that lines lead forwards, cross little and stay short.</summary>
/// <remarks>Sugiyama et al. 1981: a line over several rows gets a place in each; within a row the order follows the middles of what a place
/// is joined with; then each place moves towards these middles, as far as its neighbours leave it room.</remarks>
sealed class PictureLayout
{
    const double Between = 28, Rows = 46;
    const int Sweeps = 12;
    readonly bool isAcross;
    readonly List<Place> places = [];
    readonly List<List<Place>> rows = [];

    PictureLayout(IReadOnlyList<PictureBox> boxes, bool isAcross)
    {
        this.isAcross = isAcross;
        var byBox = boxes.ToDictionary(b => b, b => Add(b, b.Rank));
        foreach (var box in boxes)
            foreach (var from in box.From)
            {
                var way = new List<Place> { byBox[from] };
                for (var rank = from.Rank + 1; rank < box.Rank; rank++) way.Add(Add(null, rank));
                way.Add(byBox[box]);
                Ways.Add((from, box, way));
                for (var i = 1; i < way.Count; i++)
                {
                    way[i - 1].After.Add(way[i]);
                    way[i].Before.Add(way[i - 1]);
                }
            }
        Order();
        Move();
    }

    /// <summary>The lines between boxes, each with the places that it goes through.</summary>
    public List<(PictureBox From, PictureBox To, List<Place> Way)> Ways { get; } = [];

    /// <summary>The extent of all boxes.</summary>
    public (double Width, double Height) Size { get; private set; }

    /// <summary>Gives each box its place, from (0, 0) on; boxes inside must have their sizes.</summary>
    public static PictureLayout Of(IReadOnlyList<PictureBox> boxes, bool isAcross) => new(boxes, isAcross);

    /// <summary>A box, or where a line passes a row.</summary>
    /// <param name="box">Null for a line.</param>
    /// <param name="breadth">Along the row.</param>
    public sealed class Place(PictureBox? box, double breadth)
    {
        public PictureBox? Box => box;

        public double Breadth => breadth;

        /// <summary>The middle, along the row.</summary>
        public double At { get; set; }

        /// <summary>Where the row begins and ends, along the lines.</summary>
        public (double From, double To) Row { get; set; }

        public List<Place> Before { get; } = [];

        public List<Place> After { get; } = [];
    }

    Place Add(PictureBox? box, int rank)
    {
        while (rows.Count <= rank) rows.Add([]);
        var place = new Place(box, box is null ? 8 : isAcross ? box.Height : box.Width);
        rows[rank].Add(place);
        places.Add(place);
        return place;
    }

    void Order()
    {
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var isDown = sweep % 2 == 0;
            foreach (var r in isDown ? Enumerable.Range(0, rows.Count) : Enumerable.Range(0, rows.Count).Reverse())
            {
                for (var i = 0; i < rows[r].Count; i++) rows[r][i].At = i;
                var sorted = rows[r].OrderBy(p => Middle(isDown ? p.Before : p.After, p.At)).ToList();
                for (var i = 0; i < sorted.Count; i++) sorted[i].At = i;
                rows[r] = sorted;
            }
        }
    }

    static double Middle(List<Place> joined, double otherwise) => joined.Count == 0 ? otherwise : joined.Average(p => p.At);

    void Move()
    {
        foreach (var row in rows)
        {
            var at = 0.0;
            foreach (var place in row)
            {
                place.At = at + place.Breadth / 2;
                at += place.Breadth + Between;
            }
        }
        for (var sweep = 0; sweep < 2 * Sweeps; sweep++)
            foreach (var r in sweep % 2 == 0 ? Enumerable.Range(0, rows.Count) : Enumerable.Range(0, rows.Count).Reverse())
                Settle(rows[r], [.. rows[r].Select(p => Wish(p, sweep))]);
        var (low, along) = (places.Min(p => p.At - p.Breadth / 2), 0.0);
        foreach (var row in rows)
        {
            var depth = row.Max(p => p.Box is null ? 0 : isAcross ? p.Box.Width : p.Box.Height);
            foreach (var place in row)
            {
                (place.At, place.Row) = (Math.Round(place.At - low, 1), (along, along + depth));
                if (place.Box is not { } box) continue;
                var start = along + (depth - (isAcross ? box.Width : box.Height)) / 2;
                (box.X, box.Y) = isAcross ? (start, place.At - box.Height / 2) : (place.At - box.Width / 2, start);
            }
            along += depth + Rows;
        }
        var broad = places.Max(p => p.At + p.Breadth / 2);
        Size = isAcross ? (along - Rows, broad) : (broad, along - Rows);
    }

    /// <summary>Down, then up, and at the end both sides count.</summary>
    static double Wish(Place place, int sweep) => Middle(
        sweep >= Sweeps ? [.. place.Before, .. place.After] : sweep % 2 == 0 ? place.Before : place.After, place.At);

    /// <summary>The nearest places to those wished for that keep their order and distance: neighbours in each other's way move as
    /// one.</summary>
    static void Settle(List<Place> row, double[] wishes)
    {
        var (offsets, blocks) = (new double[row.Count], new List<(double Sum, int Count)>());
        for (var i = 0; i < row.Count; i++)
        {
            if (i > 0) offsets[i] = offsets[i - 1] + (row[i - 1].Breadth + row[i].Breadth) / 2 + Between;
            blocks.Add((wishes[i] - offsets[i], 1));
            while (blocks.Count > 1 && blocks[^2].Sum / blocks[^2].Count > blocks[^1].Sum / blocks[^1].Count)
            {
                var joined = (blocks[^2].Sum + blocks[^1].Sum, blocks[^2].Count + blocks[^1].Count);
                blocks.RemoveRange(blocks.Count - 2, 2);
                blocks.Add(joined);
            }
        }
        var at = 0;
        foreach (var (sum, count) in blocks)
            for (var i = 0; i < count; i++, at++) row[at].At = sum / count + offsets[at];
    }
}
