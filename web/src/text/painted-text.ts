/**
 * Text read off a terminal as Markdown. What the model wrote was rendered before it was painted: signs of Markdown that still
 * stand there mean themselves, each line break is one, and code has lost its fences. Lists and tables read as they are. Pure.
 */

const LIST_ITEM = /^\s*(?:[-*+•] |\d{1,9}[.)] )/;
const TABLE = /^\s*\|.*\|\s*$/;
const QUOTE = /^▎ ?/;
/** Boxes and trees: they are drawn from column to column. */
const DRAWN = /[│┌└├┤┬┴┼╭╮╰╯║╔╚═]/;
const INDENTED = /^(?: {2,}|\t)\S/;

export function markdownOf(painted: string): string {
	return painted
		.split(/\n(?:[ \t]*\n)+/)
		.map((block) => markdownOfBlock(block.split("\n")))
		.join("\n\n");
}

function markdownOfBlock(lines: readonly string[]): string {
	const [first = ""] = lines;
	if (LIST_ITEM.test(first) || TABLE.test(first)) return lines.join("\n");
	if (isCode(lines)) return fenced(lines.join("\n"));
	if (lines.length === 1 && /^-{3,}$/.test(first)) return "---";
	if (lines.every((line) => QUOTE.test(line)))
		return lines.map((line) => `> ${broken(line.replace(QUOTE, ""))}`).join("\n");
	return lines.map(broken).join("\n");
}

/** A paragraph's lines all begin in the first column. */
function isCode(lines: readonly string[]): boolean {
	return lines.length > 1 && lines.some((line) => DRAWN.test(line) || INDENTED.test(line));
}

function fenced(text: string): string {
	const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
	const fence = "`".repeat(longest + 1);
	return `${fence}\n${text}\n${fence}`;
}

/** A line that ends where it ends, and begins nothing. */
function broken(line: string): string {
	return `${line.replace(/^(\s*)(#|>|~~~|```|-{3,}$|={3,}$)/, "$1\\$2")}  `;
}
