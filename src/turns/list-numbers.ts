/**
 * Claude Code numbers the inner items of a list with letters and, one level deeper, with Roman numerals, whatever was
 * written; Markdown knows digits alone. A run of them under an item of a list becomes what it was: 1, 2, 3.
 *
 *   - Summer            - Summer
 *     a. harvest    →     1. harvest
 *     b. cook             2. cook
 */

const NUMBERED = /^(?<indent> +)(?<sign>[a-z]{1,7})\. (?=\S)/u;
const LIST_ITEM = /^(?<indent> *)(?:[-*•] |\d+[.)] |[a-z]{1,7}\. )/u;

export function restoreListNumbers(text: string): string {
	if (!/^ +[a-z]{1,7}\. /mu.test(text)) return text;
	const lines = text.split("\n");
	const counts = new Map<number, number>();
	return lines.map((line, index) => restoreLine(line, lines, index, counts)).join("\n");
}

/** `counts`: how many items of the open list at each indentation were restored. */
function restoreLine(
	line: string,
	lines: readonly string[],
	index: number,
	counts: Map<number, number>,
): string {
	const { indent = "", sign = "" } = NUMBERED.exec(line)?.groups ?? {};
	const depth = line.length - line.trimStart().length;
	const own = counts.get(indent.length);
	const before = own === undefined ? [lastInside(counts, depth) ?? 0, 0] : [own];
	if (line.trim() !== "") for (const open of [...counts.keys()]) if (open > depth) counts.delete(open);
	if (sign === "" || !isInsideItem(indent.length, lines, index)) return line;
	const isNext = (last: number) => sign === letters(last + 1) || sign === roman(last + 1);
	const last = before.find(isNext);
	if (last === undefined) return line;
	const number = last + 1;
	counts.set(indent.length, number);
	return `${indent}${number}. ${line.slice(indent.length + sign.length + 2)}`;
}

/** Some versions (2.1.30) set the first item of an inner list further right than the others. */
function lastInside(counts: ReadonlyMap<number, number>, depth: number): number | undefined {
	const inner = [...counts.keys()].filter((open) => open > depth && open <= depth + FURTHER_RIGHT);
	return inner.length === 0 ? undefined : counts.get(Math.min(...inner));
}

const FURTHER_RIGHT = 2;

/** The nearest line above and further left is an item of a list. */
function isInsideItem(indent: number, lines: readonly string[], index: number): boolean {
	for (let at = index - 1; at >= 0; at--) {
		const line = lines[at] ?? "";
		if (line.trim() !== "" && line.length - line.trimStart().length < indent) return LIST_ITEM.test(line);
	}
	return false;
}

function letters(number: number): string {
	const rest = Math.floor((number - 1) / 26);
	return (rest > 0 ? letters(rest) : "") + String.fromCodePoint(97 + ((number - 1) % 26));
}

const ROMAN: readonly (readonly [value: number, sign: string])[] = [
	[50, "l"],
	[40, "xl"],
	[10, "x"],
	[9, "ix"],
	[5, "v"],
	[4, "iv"],
	[1, "i"],
];

function roman(number: number): string {
	const found = ROMAN.find(([value]) => value <= number);
	return found === undefined ? "" : found[1] + roman(number - found[0]);
}
