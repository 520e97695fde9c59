namespace TinT.Reports.Html;

/// <summary>The styles of every page. No character of it needs escaping.</summary>
internal static class HtmlStyle
{
    /// <summary>
    /// Light and dark, with a contrast of at least 4.5 to 1 wherever there is text; <c>c0</c> … <c>c7</c> are colours that differ from each other in hue, <c>quiet</c> is what matters least, <c>frame</c> an outline.
    /// </summary>
    public const string Text =
        """

        :root { color-scheme: light dark; --paper: #ffffff; --ink: #1b1f24; --faint: #667080; --line: #d5dae0; --quiet: #e9ecf0; --good: #1a7f4b; --bad: #a8480a;
          --c0: #6390c4; --c1: #e69f3c; --c2: #54a36b; --c3: #d9705b; --c4: #9d80c6; --c5: #3fa7a3; --c6: #b9855b; --c7: #d06fa5; }
        @media (prefers-color-scheme: dark) {
          :root { --paper: #14171b; --ink: #e4e8ec; --faint: #98a2ae; --line: #39414b; --quiet: #262c33; --good: #5fc98e; --bad: #f0a04b;
            --c0: #6d9bd0; --c1: #d99a45; --c2: #66b27c; --c3: #db7360; --c4: #a88cd0; --c5: #57bcb8; --c6: #bd8d66; --c7: #d987b6; } }
        body { max-width: 72rem; margin: 2rem auto; padding: 0 1.25rem; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
        h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.2rem; margin: 2.2rem 0 .5rem; } header p, .note, figcaption { color: var(--faint); }
        p { margin: .4rem 0; max-width: 56rem; } .note, figcaption { font-size: .85rem; }
        .table { overflow-x: auto; } table { border-collapse: collapse; margin: .8rem 0 .3rem; font-variant-numeric: tabular-nums; }
        caption { text-align: left; font-weight: 600; padding: .2rem 0; }
        th, td { padding: .18rem .6rem; text-align: left; vertical-align: top; } th { border-bottom: 1px solid var(--ink); font-weight: 600; }
        .number { text-align: right; } .number, .short { white-space: nowrap; } th:first-child, td:first-child { padding-left: 0; } tbody + tbody tr:first-child td { border-top: 1px solid var(--line); }
        .best { color: var(--good); font-weight: 600; } .warning { color: var(--bad); font-weight: 600; }
        figure { margin: .8rem 0; overflow-x: auto; } figure svg { width: 100%; height: auto; } svg text { fill: var(--ink); font: 11px system-ui, sans-serif; }
        svg text.faint { fill: var(--faint); } svg text.on-colour { fill: #1b1f24; } svg .line { stroke: var(--line); } svg .frame { fill: none; stroke: var(--faint); } svg .quiet { fill: var(--quiet); } svg .whisker { fill: var(--ink); }
        svg .band { opacity: .18; } svg .reference { fill: var(--faint); } svg .stroke.reference { stroke: var(--faint); fill: none; stroke-width: 1.3; } svg .dashed { stroke-dasharray: 5 4; }
        svg .c0 { fill: var(--c0); } svg .c1 { fill: var(--c1); } svg .c2 { fill: var(--c2); } svg .c3 { fill: var(--c3); }
        svg .c4 { fill: var(--c4); } svg .c5 { fill: var(--c5); } svg .c6 { fill: var(--c6); } svg .c7 { fill: var(--c7); }
        svg .stroke { fill: none; stroke-width: 2; } svg .stroke.c0 { stroke: var(--c0); fill: none; } svg .stroke.c1 { stroke: var(--c1); fill: none; }
        svg .stroke.c2 { stroke: var(--c2); fill: none; } svg .stroke.c3 { stroke: var(--c3); fill: none; } svg .stroke.c4 { stroke: var(--c4); fill: none; }
        svg .stroke.c5 { stroke: var(--c5); fill: none; } svg .stroke.c6 { stroke: var(--c6); fill: none; } svg .stroke.c7 { stroke: var(--c7); fill: none; }
        .tokens { white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.7 ui-monospace, monospace; border-left: 3px solid var(--line); padding-left: .8rem; }
        .tokens .trained { color: var(--faint); } .tokens span { border-radius: 2px; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        .tokens .less1 { background: color-mix(in srgb, var(--good) 18%, transparent); } .tokens .less2 { background: color-mix(in srgb, var(--good) 36%, transparent); }
        .tokens .less3 { background: color-mix(in srgb, var(--good) 58%, transparent); } .tokens .more1 { background: color-mix(in srgb, var(--bad) 18%, transparent); }
        .tokens .more2 { background: color-mix(in srgb, var(--bad) 36%, transparent); } .tokens .more3 { background: color-mix(in srgb, var(--bad) 58%, transparent); }
        .legend { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; padding: 0; margin: .3rem 0; font-size: .85rem; }
        .legend svg { vertical-align: -1px; margin-right: .4rem; }
        @media print { body { max-width: none; margin: 0; font-size: 11px; } section { break-inside: auto; } figure, tr { break-inside: avoid; }
          svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }

        """;
}
