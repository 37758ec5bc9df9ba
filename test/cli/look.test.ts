import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderHtml } from "../../src/cli/render/html-export.ts";
import { renderMarkdown } from "../../src/cli/render/markdown-export.ts";
import { renderMarkdownHtml } from "../../src/cli/render/markdown-html.ts";
import { renderSearchHits } from "../../src/cli/render/search-hits.ts";
import { renderSessionTable } from "../../src/cli/render/session-table.ts";
import { renderTranscript } from "../../src/cli/render/transcript.ts";
import { displayWidth } from "../../src/cli/text/width.ts";
import type { Turn } from "../../src/core/turn.ts";
import { arbSession, arbTurns } from "../support/arb-session.ts";
import { answer, makeSession, makeTurn, STARTED_AT } from "../support/stored-session.ts";

const view = { width: 60, colour: false, home: "/home/ada", timeZone: "UTC", isFull: false };
const session = makeSession("019b7c00-0000-7000-8000-00000000000a", {
	agentVersion: "2.1.197",
	status: "complete",
	endedAt: STARTED_AT + 125_000,
	maskedCount: { "anthropic-api-key": 2 },
});
const turn: Turn = makeTurn(1, {
	endedAt: STARTED_AT + 13_000,
	status: "interrupted",
	prompt: { text: "list the files\nand explain them", kind: "prompt" },
	items: [
		answer("I will look at the files of this directory and then explain each of them."),
		{
			kind: "tool",
			name: "Bash",
			input: { command: "ls -la", description: "List" },
			output: "a.txt\nb.txt\n",
			status: "ok",
			truncated: true,
			observedLines: 63,
			durationMs: 120,
			source: "both",
		},
		{
			kind: "permission",
			question: "Create hello.js?",
			options: ["Yes", "No"],
			choice: "Yes",
			decisionMs: 1830,
			source: "terminal",
		},
		{ kind: "notice", text: "Interrupted by user", source: "terminal" },
	],
});

describe("a session in the terminal", () => {
	test("is laid out line by line like this", () => {
		expect(renderTranscript(session, [turn], view)).toBe(`list the files and explain them
Session    019b7c00-0000-7000-8000-00000000000a
Agent      claude-code 2.1.197
Command    claude
Directory  ~/app
Started    2026-01-02 03:04:05
Length     2m 05s
Status     complete
Turns      1
Masked     2 × anthropic-api-key

── 1 ────────────────────────── 03:04:06 · 12s · interrupted

❯ list the files
  and explain them

● I will look at the files of this directory and then
  explain each of them.

◆ Bash(ls -la)  ok · 120ms · 63 lines, not all were shown
  │ a.txt
  │ b.txt

? Create hello.js?
  → Yes (1.8s)

! Interrupted by user
`);
	});

	test("folds long tool output unless asked for all of it", () => {
		const output = Array.from({ length: 40 }, (_, n) => `line ${n}`).join("\n");
		const long = makeTurn(1, {
			items: [{ kind: "tool", name: "Bash", output, status: "ok", source: "terminal" }],
		});
		const folded = renderTranscript(session, [long], view);
		expect(folded).toContain("└ … 28 more lines: --full shows them");
		expect(folded).not.toContain("line 12");
		expect(renderTranscript(session, [long], { ...view, isFull: true })).toContain("line 39");
	});

	test("any session fits the width, and can send nothing to the terminal but text and colour", () => {
		fc.assert(
			fc.property(arbSession, arbTurns, fc.integer({ min: 40, max: 120 }), (any, turns, width) => {
				const plain = renderTranscript(any, turns, { ...view, width });
				for (const line of plain.split("\n")) expect(displayWidth(line)).toBeLessThanOrEqual(width);
				const coloured = renderTranscript(any, turns, { ...view, width, colour: true });
				expect(coloured.replace(/\x1b\[\d+m/g, "")).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
			}),
			{ numRuns: 80 },
		);
	});
});

describe("the session table", () => {
	const summaries = [
		{
			session,
			turnCount: 12,
			firstPrompt: "日本語のテキストを直してください、お願いします",
			recorder: { pid: 1 },
		},
		{
			session: {
				...session,
				id: "019b7c11-1111-7000-8000-00000000000b",
				cwd: "/srv/a/very/long/path/to/some/project",
			},
			turnCount: 0,
			recorder: { pid: 1 },
		},
	];

	test("has its columns under one another, wide characters counted as two", () => {
		expect(renderSessionTable(summaries, { ...view, width: 80 })).toBe(
			[
				"ID             STARTED           STATUS    TURNS  DIRECTORY   ABOUT",
				"019b7c00-0000  2026-01-02 03:04  complete     12  ~/app       日本語のテキスト…",
				"019b7c11-1111  2026-01-02 03:04  complete      0  …e/project  claude",
				"",
			].join("\n"),
		);
	});

	test.each([40, 60, 80, 100, 120, 200])("fits %i columns", (width) => {
		for (const line of renderSessionTable(summaries, { ...view, width }).split("\n"))
			expect(displayWidth(line)).toBeLessThanOrEqual(width);
	});
});

describe("search hits", () => {
	test("keep their highlight over the end of a line", () => {
		const text = `${"word ".repeat(9)}needle in the haystack`;
		const hit = {
			sessionId: session.id,
			turnSeq: 3,
			kind: "tool" as const,
			name: "Bash",
			cwd: "/home/ada/app",
			at: STARTED_AT,
			score: 1,
			snippet: { text, highlights: [[45, 67] as const] },
		};
		const shown = renderSearchHits([hit], { ...view, colour: true });
		expect(shown.replace(/\x1b\[(?!7m|27m)\d+m/g, "")).toBe(
			`019b7c00-0000  turn 3  tool Bash  2026-01-02 03:04  ~/app
  ${"word ".repeat(9)}\x1b[7mneedle in the\x1b[27m
  \x1b[7mhaystack\x1b[27m
`,
		);
	});

	test("offer the replay at the very place", () => {
		const hit = {
			sessionId: session.id,
			turnSeq: 3,
			kind: "permission" as const,
			cwd: "/",
			at: STARTED_AT,
			score: 1,
			snippet: { text: "proceed", highlights: [] },
		};
		expect(renderSearchHits([{ ...hit, replayFromMs: 3_723_040 }], view)).toContain(
			"\n  ctrace replay 019b7c00-0000 --at 1:02:03.04\n",
		);
		expect(renderSearchHits([hit], view)).not.toContain("replay");
	});
});

describe("exports", () => {
	test("HTML holds nothing that runs or loads, whatever the session says", () => {
		const nasty = [
			"<script>alert(1)</script>",
			"[x](javascript:alert(1))",
			'<img src=x onerror="alert(1)">',
			'![i](https://evil.example/"onload="x)',
			"`</code><script>`",
			"```\n</pre><script>\n```",
			'[a](https://x.example/" onmouseover="x)',
		];
		const turns = nasty.map((text, n) =>
			makeTurn(n + 1, { prompt: { text, kind: "prompt" }, items: [answer(text)] }),
		);
		const html = renderHtml({ ...session, title: nasty[0] ?? "" }, turns, view);
		const tags = [...html.matchAll(/<([a-z][a-z0-9]*)/g)].map(([, name]) => name);
		const allowed =
			"html head meta title style body main header h1 h2 dl dt dd section a span div p pre code br footer em strong";
		expect(tags.filter((tag) => !allowed.split(" ").includes(tag ?? ""))).toEqual([]);
		expect(html).not.toMatch(/<[^>]*\son\w+=|javascript:[^<]*"|<[^>]*\ssrc=/);
	});

	test("any session gives HTML with every text escaped and every section closed", () => {
		fc.assert(
			fc.property(arbSession, arbTurns, (any, turns) => {
				const html = renderHtml(any, turns, view);
				expect(html.match(/<section /g)?.length ?? 0).toBe(turns.length);
				expect(html.match(/<\/section>/g)?.length ?? 0).toBe(turns.length);
			}),
			{ numRuns: 50 },
		);
	});

	test("Markdown quotes the prompt and fences what tools said, whatever fences that holds", () => {
		const item = {
			kind: "tool",
			name: "Bash",
			output: "a\n```\nb",
			status: "ok",
			source: "terminal",
		} as const;
		const text = renderMarkdown(session, [makeTurn(1, { items: [item] })], view);
		expect(text).toContain("## Turn 1\n\n*03:04:06*\n\n> question 1\n");
		expect(text).toContain("````text\na\n```\nb\n````");
	});

	test.each([
		["# Title", "<h3>Title</h3>"],
		["one\ntwo", "<p>one<br>\ntwo</p>"],
		["**b** *i* `c <` ~~d~~", "<p><strong>b</strong> <em>i</em> <code>c &lt;</code> <del>d</del></p>"],
		["snake_case_name and 2*3*4", "<p>snake_case_name and 2*3*4</p>"],
		["- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"],
		["3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'],
		["- a\n  - b\n- c", "<ul>\n<li><p>a</p>\n<ul>\n<li>b</li>\n</ul></li>\n<li>c</li>\n</ul>"],
		["```ts\nx < 1\n```", '<pre data-language="ts"><code>x &lt; 1</code></pre>'],
		["> q\n> r", "<blockquote>\n<p>q<br>\nr</p>\n</blockquote>"],
		[
			"|a|b|\n|-|-|\n|1|2|",
			'<div class="wide"><table><thead><tr><th>a</th><th>b</th></tr></thead><tbody>\n<tr><td>1</td><td>2</td></tr>\n</tbody></table></div>',
		],
		["---", "<hr>"],
		[
			"see https://x.example/a.",
			'<p>see <a href="https://x.example/a" rel="noopener noreferrer nofollow">https://x.example/a</a>.</p>',
		],
	])("Markdown %j becomes HTML", (markdown, html) => {
		expect(renderMarkdownHtml(markdown)).toBe(html);
	});

	test("Markdown of any kind is rendered in reasonable time and without a stray tag", () => {
		const pieces = fc.constantFrom(
			"- ",
			"> ",
			"`",
			"```\n",
			"**",
			"_",
			"|",
			"\n",
			"[",
			"](",
			")",
			"#",
			" ",
			"a",
			"1. ",
			"<b>",
		);
		fc.assert(
			fc.property(fc.array(pieces, { maxLength: 120 }), (parts) => {
				expect(renderMarkdownHtml(parts.join(""))).not.toContain("<b>");
			}),
			{ numRuns: 150 },
		);
	});
});
