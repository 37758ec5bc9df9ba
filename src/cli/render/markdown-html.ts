/**
 * Markdown blocks as HTML: headings, paragraphs, nested lists, quotes, fenced code, tables, rules. Pure.
 *
 * A line break stays a line break, for an answer read off a terminal has no other. Nothing of the input reaches the
 * output unescaped, and there is no raw HTML.
 */
import { escapeHtml, renderInline } from "./markdown-inline.ts";

const FENCE = /^(\s*)(`{3,}|~{3,})\s*([^`\s]*)[^`]*$/;
const HEADING = /^\s{0,3}(#{1,6})\s+(.*?)\s*#*$/;
const RULE = /^\s{0,3}([-*_])(?:\s*\1){2,}\s*$/;
const QUOTE = /^\s{0,3}> ?(.*)$/;
const LIST_ITEM = /^(\s*)([-*+•]|\d{1,9}[.)])\s+(.*)$/;
const TABLE_RULE = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;
/** Quotes and lists inside one another deeper than this are drawn flat. */
const DEEPEST = 6;
/** Headings of an answer stand below those of the page. */
const HEADING_OFFSET = 2;

interface Block {
	readonly html: string;
	/** The first line behind the block. */
	readonly next: number;
}

type BlockReader = (lines: readonly string[], at: number, depth: number) => Block | undefined;

const READERS: readonly BlockReader[] = [readFence, readRule, readHeading, readQuote, readTable, readList];

export function renderMarkdownHtml(text: string, depth = 0): string {
	return renderLines(text.split("\n"), depth);
}

function renderLines(lines: readonly string[], depth: number): string {
	const blocks: string[] = [];
	let at = 0;
	while (at < lines.length) {
		const block = isBlank(lines[at]) ? { html: "", next: at + 1 } : readBlock(lines, at, depth);
		if (block.html !== "") blocks.push(block.html);
		at = block.next;
	}
	return blocks.join("\n");
}

function readBlock(lines: readonly string[], at: number, depth: number): Block {
	for (const reader of depth > DEEPEST ? [] : READERS) {
		const block = reader(lines, at, depth);
		if (block !== undefined) return block;
	}
	return readParagraph(lines, at, depth);
}

/** Looks only: a paragraph ends where another block begins. */
function opensBlock(lines: readonly string[], at: number): boolean {
	const line = lines[at] ?? "";
	return [FENCE, RULE, HEADING, QUOTE, LIST_ITEM].some((sign) => sign.test(line)) || isTable(lines, at);
}

function readFence(lines: readonly string[], at: number): Block | undefined {
	const open = FENCE.exec(lines[at] ?? "");
	if (open === null) return undefined;
	const [, indent = "", marks = "", language = ""] = open;
	const isClosing = (line: string) => {
		const bare = line.trim();
		return bare.length >= marks.length && bare === (marks[0] ?? "`").repeat(bare.length);
	};
	const found = lines.findIndex((line, index) => index > at && isClosing(line));
	const end = found < 0 ? lines.length : found;
	const code = lines.slice(at + 1, end).map((line) => stripIndent(line, indent.length));
	const label = language === "" ? "" : ` data-language="${escapeHtml(language)}"`;
	return { html: `<pre${label}><code>${escapeHtml(code.join("\n"))}</code></pre>`, next: end + 1 };
}

function readRule(lines: readonly string[], at: number): Block | undefined {
	return RULE.test(lines[at] ?? "") ? { html: "<hr>", next: at + 1 } : undefined;
}

function readHeading(lines: readonly string[], at: number): Block | undefined {
	const match = HEADING.exec(lines[at] ?? "");
	if (match === null) return undefined;
	const level = Math.min(6, (match[1]?.length ?? 1) + HEADING_OFFSET);
	return { html: `<h${level}>${renderInline(match[2] ?? "")}</h${level}>`, next: at + 1 };
}

function readQuote(lines: readonly string[], at: number, depth: number): Block | undefined {
	let next = at;
	const inner: string[] = [];
	for (let match = QUOTE.exec(lines[next] ?? ""); match !== null; match = QUOTE.exec(lines[next] ?? "")) {
		inner.push(match[1] ?? "");
		next += 1;
	}
	if (next === at) return undefined;
	return { html: `<blockquote>\n${renderLines(inner, depth + 1)}\n</blockquote>`, next };
}

function readTable(lines: readonly string[], at: number): Block | undefined {
	if (!isTable(lines, at)) return undefined;
	let next = at + 2;
	while (next < lines.length && (lines[next] ?? "").includes("|")) next += 1;
	const row = (tag: string) => (line: string) =>
		`<tr>${tableCells(line)
			.map((cell) => `<${tag}>${renderInline(cell)}</${tag}>`)
			.join("")}</tr>`;
	const body = lines
		.slice(at + 2, next)
		.map(row("td"))
		.join("\n");
	return {
		html: `<div class="wide"><table><thead>${row("th")(lines[at] ?? "")}</thead><tbody>\n${body}\n</tbody></table></div>`,
		next,
	};
}

function isTable(lines: readonly string[], at: number): boolean {
	const rule = lines[at + 1] ?? "";
	return (lines[at] ?? "").includes("|") && rule.includes("-") && TABLE_RULE.test(rule);
}

function tableCells(line: string): string[] {
	const bare = line
		.trim()
		.replace(/^\|/, "")
		.replace(/(?<!\\)\|$/, "");
	return bare.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
}

/** An item's continuation is what is indented deeper than its sign; blank lines inside belong to it. */
function readList(lines: readonly string[], at: number, depth: number): Block | undefined {
	const first = LIST_ITEM.exec(lines[at] ?? "");
	if (first === null) return undefined;
	const isOrdered = isNumber(first[2]);
	const indent = first[1]?.length ?? 0;
	const items: string[] = [];
	let next = at;
	for (let text = itemText(lines[next], indent, isOrdered); text !== undefined; ) {
		const end = endOfItem(lines, next + 1, indent);
		const inner = lines.slice(next + 1, end);
		const margin = Math.min(...inner.filter((line) => !isBlank(line)).map(indentOf), indent + 8);
		const content = [text, ...inner.map((line) => stripIndent(line, margin))];
		items.push(`<li>${unwrapParagraph(renderLines(content, depth + 1))}</li>`);
		next = end;
		text = itemText(lines[next], indent, isOrdered);
	}
	const start = isOrdered ? ` start="${Number.parseInt(first[2] ?? "1", 10)}"` : "";
	const tag = isOrdered ? "ol" : "ul";
	return { html: `<${tag}${start}>\n${items.join("\n")}\n</${tag}>`, next };
}

/** What stands behind the sign, if the line is another item of the same list. */
function itemText(line: string | undefined, indent: number, isOrdered: boolean): string | undefined {
	const [, lead = "", sign, text] = LIST_ITEM.exec(line ?? "") ?? [];
	const isSibling = lead.length >= indent && lead.length <= indent + 1 && isNumber(sign) === isOrdered;
	return sign !== undefined && isSibling ? text : undefined;
}

function isNumber(sign: string | undefined): boolean {
	return /\d/.test(sign ?? "");
}

function endOfItem(lines: readonly string[], from: number, indent: number): number {
	let end = from;
	for (let at = from; at < lines.length; at += 1) {
		if (isBlank(lines[at])) continue;
		if (indentOf(lines[at] ?? "") <= indent + 1) break;
		end = at + 1;
	}
	return end;
}

/** A list item with a single paragraph needs no paragraph. */
function unwrapParagraph(html: string): string {
	const inner = /^<p>([\s\S]*)<\/p>$/.exec(html)?.[1];
	return inner === undefined || inner.includes("<p>") ? html : inner;
}

function readParagraph(lines: readonly string[], at: number, depth: number): Block {
	const goesOn = (line: number) => !isBlank(lines[line]) && (depth > DEEPEST || !opensBlock(lines, line));
	let next = at + 1;
	while (goesOn(next)) next += 1;
	const text = lines.slice(at, next).map((line) => line.trimEnd());
	return { html: `<p>${renderInline(text.join("\n"))}</p>`, next };
}

function isBlank(line: string | undefined): boolean {
	return line === undefined || line.trim() === "";
}

function indentOf(line: string): number {
	return line.length - line.trimStart().length;
}

function stripIndent(line: string, count: number): string {
	return line.slice(Math.min(count, indentOf(line)));
}
