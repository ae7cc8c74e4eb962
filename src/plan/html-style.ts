/** The style of the report: system fonts, colours of both schemes by variables, paper without links and backgrounds. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1b1f24; --quiet: #59636e; --page: #ffffff; --card: #f6f8fa; --line: #d1d9e0;
  --good: #1a7f37; --warning: #9a6700; --error: #c4212b; --off: #6b7580; --link: #0550ae; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --quiet: #9aa5b1; --page: #0f1319; --card: #171c24; --line: #323b46;
  --good: #4cc16a; --warning: #e0a82e; --error: #ff7b72; --off: #8b949e; --link: #79b8ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 72rem; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: anywhere; }
header { border-bottom: 1px solid var(--line); padding-bottom: 1rem; }
.kind { margin: 0; color: var(--quiet); font-size: .85rem; }
h1 { margin: .15rem 0 .6rem; font-size: 1.7rem; line-height: 1.2; }
h2 { margin: 2rem 0 .6rem; font-size: 1.1rem; }
h1 .quiet { font-weight: 400; font-size: 1rem; }
a { color: var(--link); }
code { font: .9em ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; }
.quiet { color: var(--quiet); font-size: .9em; }
.result { display: inline-block; margin: 0; padding: .3rem .75rem; border-radius: .4rem; border: 1px solid currentColor; font-weight: 600; }
.good { --mood: var(--good); } .warning { --mood: var(--warning); } .error { --mood: var(--error); }
.off { --mood: var(--off); } .note { --mood: var(--quiet); }
.result { color: var(--mood); }
.tag { flex: none; width: 5.6rem; text-align: center; font-size: .78rem; font-weight: 600; line-height: 1.5rem; height: 1.6rem;
  color: var(--mood); border: 1px solid var(--mood); border-radius: .35rem; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(22rem, 1fr)); gap: 0 2.5rem; }
dl { display: grid; grid-template-columns: fit-content(11rem) 1fr; gap: .2rem 1rem; margin: 0; }
dt { color: var(--quiet); } dd { margin: 0; }
ul, ol { margin: 0; padding: 0; list-style: none; }
.findings li, .steps li { display: flex; gap: .75rem; padding: .5rem .6rem; border-left: 3px solid var(--mood); background: var(--card);
  margin-bottom: .35rem; border-radius: 0 .35rem .35rem 0; }
.findings li > div, .steps li > div { min-width: 0; flex: 1; }
.hint { display: block; color: var(--quiet); }
.steps > li { margin-left: calc(var(--depth) * 1.5rem); }
.steps > li.group { background: none; border-bottom: 1px solid var(--line); }
.place { flex: none; min-width: 2.6rem; color: var(--quiet); font-variant-numeric: tabular-nums; }
.steps > li.off b { font-weight: 400; color: var(--quiet); }
.steps .condition li { display: list-item; background: none; border: 0; padding: 0; margin: .1rem 0; border-radius: 0; font-size: .9em; }
.condition ul { margin-left: 1.25rem; } .steps .condition li li { font-size: 1em; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .93em; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); min-width: 5rem; }
th { color: var(--quiet); font-weight: 600; }
.deployment .tag { display: inline-block; }
.deployment p { margin: 0 0 .3rem; } .deployment ul { list-style: disc; margin: 0 0 1rem 1.4rem; color: var(--quiet); }
:target { outline: 2px solid var(--link); }
@media (max-width: 40rem) { .columns { grid-template-columns: 1fr; } .steps > li { margin-left: calc(var(--depth) * .6rem); flex-wrap: wrap; }
  .steps li > div { flex-basis: 100%; } }
@media print { :root { color-scheme: light; --text: #000; --quiet: #444; --page: #fff; --card: #fff; --line: #bbb; --good: #14632b;
  --warning: #7a5200; --error: #a4161f; --off: #555; --link: #000; } body { padding: 0; max-width: none; font-size: 10.5pt; }
  a { text-decoration: none; } .steps li, .findings li, tr { break-inside: avoid; } h2 { break-after: avoid; } .wide { overflow: visible; } }
`;
