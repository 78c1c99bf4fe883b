package dev.toolpolicy.testing;

/** How the page looks: in the colours that the reader's system asks for, on a screen of any width, and on paper. */
final class CoverageStyle {
    static final String CSS = """
            :root {
              color-scheme: light dark;
              --text: #1f2328; --muted: #59636e; --line: #d8dee4; --page: #ffffff; --link: #0550ae;
              --full: #1a7f37; --full-back: #e6f6ea;
              --part: #8a5a00; --part-back: #fdf3d8;
              --none: #b42318; --none-back: #fdeceb;
            }
            @media (prefers-color-scheme: dark) {
              :root {
                --text: #e2e6eb; --muted: #9aa4af; --line: #30363d; --page: #0f1318; --link: #79b8ff;
                --full: #56c27a; --full-back: #11261a;
                --part: #e0b04c; --part-back: #2a2310;
                --none: #f58a80; --none-back: #2f1718;
              }
            }
            * { box-sizing: border-box; }
            body {
              margin: 0 auto; padding: 1.5rem; max-width: 76rem;
              background: var(--page); color: var(--text);
              font: 16px/1.5 system-ui, sans-serif;
            }
            h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
            h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem; overflow-wrap: anywhere; }
            h1 strong, h2 strong { font-weight: 600; white-space: nowrap; margin-left: .4em; }
            p { margin: .5rem 0; color: var(--muted); }
            a { color: var(--link); }
            code, .source { font-family: ui-monospace, Consolas, "DejaVu Sans Mono", monospace; font-size: .8125rem; }
            table { border-collapse: collapse; }
            th { font-weight: normal; text-align: left; }
            strong.full { color: var(--full); }
            strong.part { color: var(--part); }
            strong.none { color: var(--none); }
            .key { white-space: nowrap; margin-left: .6em; padding: 0 .4em; border-left: 3px solid; color: var(--text); }
            .key.full { border-color: var(--full); background: var(--full-back); }
            .key.part { border-color: var(--part); background: var(--part-back); }
            .key.none { border-color: var(--none); background: var(--none-back); }
            .figures { font-size: .9rem; }
            .figures th, .figures td { padding: .15rem 1.25rem .15rem 0; border-bottom: 1px solid var(--line); }
            .figures tbody th { overflow-wrap: anywhere; }
            .figures thead th { color: var(--muted); }
            .figures tfoot th, .figures tfoot td { font-weight: 600; }
            .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
            .bar { display: block; width: 7rem; height: .5rem; border: 1px solid var(--line); }
            .bar span { display: block; height: 100%; background: var(--part); }
            .bar.full span { background: var(--full); }
            .source { width: 100%; margin-top: .75rem; border: 1px solid var(--line); line-height: 1.55; }
            .source th {
              width: 1%; padding: 0 .6em; text-align: right; vertical-align: top;
              color: var(--muted); user-select: none;
            }
            .source td { padding: 0 .6em 0 0; vertical-align: top; }
            .source td.sign { width: 1.6em; padding: 0 .3em; text-align: center; user-select: none; border-left: 3px solid transparent; }
            .source .line { font-size: inherit; white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 4; }
            tr.full { background: var(--full-back); }
            tr.part { background: var(--part-back); }
            tr.none { background: var(--none-back); }
            tr.full td.sign { border-color: var(--full); color: var(--full); }
            tr.part td.sign { border-color: var(--part); color: var(--part); }
            tr.none td.sign { border-color: var(--none); color: var(--none); }
            tr:target { outline: 2px solid var(--link); outline-offset: -2px; }
            mark { background: none; color: inherit; border-bottom: 2px solid var(--full); cursor: help; }
            mark.part { border-bottom: 2px dashed var(--part); }
            mark.none { border-bottom: 2px dotted var(--none); }
            .many mark::before { font-size: .85em; margin-right: .25em; }
            .many mark.full::before { content: "✓"; color: var(--full); }
            .many mark.part::before { content: "◐"; color: var(--part); }
            .many mark.none::before { content: "✗"; color: var(--none); }
            .missed { margin: .1rem 0 .4rem; padding: 0; list-style: none; font: .8125rem/1.45 system-ui, sans-serif; }
            .missed li { padding-left: 1.2em; text-indent: -1.2em; overflow-wrap: anywhere; }
            .missed .at { padding: 0; text-indent: 0; margin-top: .15rem; color: var(--muted); }
            .missed .sign { color: var(--none); }
            .missed code { font-size: .95em; }
            .hint { color: var(--muted); }
            .hint::before { content: "→ "; }
            @media (max-width: 40rem) {
              body { padding: .75rem; }
              .figures th, .figures td { padding-right: .75rem; }
              .bar { width: 3.5rem; }
              .source th { padding: 0 .3em; }
              .source .line, .source { font-size: .75rem; }
            }
            @media print {
              body { max-width: none; padding: 0; }
              tr, mark, .key, .bar span { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
              tr { break-inside: avoid; }
            }
            """;

    private CoverageStyle() {}
}
