/** The style of the HTML export: one page, light or dark as the reader's system is, good on paper too. */
export const HTML_STYLE = `
:root { color-scheme: light dark; --bg: #fdfdfc; --fg: #1f2328; --dim: #667079; --line: #d9dcdf; --box: #f3f4f3;
	--prompt: #e9f1fb; --accent: #2563a8; --ok: #2b7a3d; --bad: #b3261e; --warn: #8a5a00; }
@media (prefers-color-scheme: dark) { :root { --bg: #16181b; --fg: #dfe3e6; --dim: #8d979f; --line: #33383d;
	--box: #1f2327; --prompt: #1c2a3a; --accent: #7fb2ee; --ok: #6cc081; --bad: #ef8a80; --warn: #dcae57; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--fg); overflow-wrap: anywhere;
	font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main { max-width: 52rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.5rem; line-height: 1.3; margin: 0 0 1rem; }
h2 { font-size: .85rem; font-weight: 600; color: var(--dim); margin: 2.5rem 0 .75rem; padding-top: .75rem;
	border-top: 1px solid var(--line); display: flex; justify-content: space-between; gap: 1rem; }
h2 a { color: inherit; text-decoration: none; }
h3, h4, h5, h6 { font-size: 1.05rem; line-height: 1.3; margin: 1.25rem 0 .5rem; }
p, ul, ol, blockquote, pre, .wide { margin: .6rem 0; }
li > p, li > ul, li > ol { margin: .15rem 0; }
a { color: var(--accent); }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .87em; }
code { background: var(--box); padding: .1em .3em; border-radius: 4px; }
pre { background: var(--box); border: 1px solid var(--line); border-radius: 6px; padding: .7rem .9rem;
	overflow-x: auto; line-height: 1.4; overflow-wrap: normal; }
pre code { background: none; padding: 0; font-size: inherit; }
blockquote { border-left: 3px solid var(--line); padding-left: 1rem; color: var(--dim); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { border: 1px solid var(--line); padding: .3rem .6rem; text-align: left; vertical-align: top; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0; font-size: .9rem; }
dt { color: var(--dim); } dd { margin: 0; }
.prompt { background: var(--prompt); border-radius: 8px; padding: .7rem 1rem .7rem 2.1rem; white-space: pre-wrap; position: relative; }
.prompt::before { content: attr(data-sign); color: var(--accent); font-weight: 700; position: absolute; left: .9rem; }
.answer { margin: 1rem 0; }
details { border: 1px solid var(--line); border-radius: 8px; margin: .75rem 0; }
summary { cursor: pointer; padding: .45rem .8rem; }
summary .name { font-weight: 600; } summary code { margin: 0 .4rem; }
details > :not(summary) { margin: .2rem .8rem .8rem; }
.note { color: var(--dim); font-size: .87rem; font-weight: 400; }
.ok { color: var(--ok); } .error { color: var(--bad); } .rejected, .interrupted, .running { color: var(--warn); }
.permission { border-left: 3px solid var(--warn); padding: .2rem 0 .2rem .9rem; margin: .75rem 0; }
.permission ol { margin: .2rem 0; color: var(--dim); } .permission .chosen { color: var(--fg); font-weight: 600; }
.notice { color: var(--dim); font-size: .92rem; border-left: 3px solid var(--line); padding-left: .9rem;
	margin: .75rem 0; white-space: pre-wrap; }
footer { margin-top: 3rem; color: var(--dim); font-size: .8rem; }
@media print { main { max-width: none; padding: 0; } pre { white-space: pre-wrap; } }
`;
