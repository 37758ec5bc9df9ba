// What was read off a terminal, as Markdown that shows it as it stood.
import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import { markdownOf } from "../../web/src/text/painted-text.ts";

const html = (...lines: string[]) => new MarkdownIt({ html: false }).render(markdownOf(lines.join("\n")));

describe("text read off a terminal", () => {
	it("keeps its line breaks and its paragraphs", () => {
		expect(html("Wall and fence.", "● Read(beds.txt)", "", "The end.")).toBe(
			"<p>Wall and fence.<br>\n● Read(beds.txt)</p>\n<p>The end.</p>\n",
		);
	});

	it("keeps the indentation of code, and the columns of what is drawn", () => {
		const code = ["beds:", "  north:", "    - name: beans   # climbing"];
		expect(html("So:", "", ...code)).toBe(`<p>So:</p>\n<pre><code>${code.join("\n")}\n</code></pre>\n`);
		const drawn = ["┌────┐  ┌────┐", "│ in │─▶│ out│", "└────┘  └────┘"];
		expect(html(...drawn)).toBe(`<pre><code>${drawn.join("\n")}\n</code></pre>\n`);
	});

	it("has fences longer than any in it", () => {
		expect(html("a:", "  ````", "  b")).toBe("<pre><code>a:\n  ````\n  b\n</code></pre>\n");
	});

	it("has lists, tables and quotes", () => {
		expect(html("- one", "  - two")).toContain("<li>two</li>");
		expect(html("| a | b |", "| --- | --- |", "| 1 | 2 |")).toContain("<td>2</td>");
		expect(html("▎ said", "▎ twice")).toContain("<blockquote>\n<p>said<br>\ntwice</p>");
		expect(html("above", "", "---", "", "below")).toContain("<hr>");
	});

	it("has no headings or fences that were none", () => {
		expect(html("# a comment", "text", "---", "```", "more")).toBe(
			"<p># a comment<br>\ntext<br>\n---<br>\n```<br>\nmore</p>\n",
		);
	});
});
