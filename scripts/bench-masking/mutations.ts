/** What a terminal and the programs in it make of a text. */
import type { MadeUp } from "./made-up.ts";

export type Mutation = (text: string, random: MadeUp) => string;

const ESC = "\u001b";

export const MUTATIONS: Readonly<Record<string, Mutation>> = {
	plain: (text) => text,
	wrapped: (text, random) => rowsOf(text, random.between(24, 120)).join("\r\n"),
	"wrapped and indented": (text, random) => {
		const [first = "", ...others] = rowsOf(text, random.between(30, 100));
		return [`  ⎿  ${first}`, ...others.map((row) => `     ${row}`)].join("\n");
	},
	boxed: (text, random) => box(rowsOf(text, random.between(30, 100)), ""),
	"boxed in colour": (text, random) => box(rowsOf(text, random.between(30, 100)), `${ESC}[36m`),
	coloured: (text, random) => {
		const every = random.pick([1, 3, 9, 20]);
		return Array.from(text, (character, index) =>
			index % every === 0 && character !== "\n" && character !== "\r"
				? `${ESC}[3${index % 8}m${character}`
				: character,
		).join("");
	},
	"numbered lines": (text, random) =>
		rowsOf(text, random.between(40, 110))
			.map((row, index) => `${String(index + 8).padStart(4)}  ${row}`)
			.join("\n"),
	"diff marks": (text, random) => {
		const mark = random.pick(["+", "-"]);
		return rowsOf(text, random.between(40, 110))
			.map((row, index) => `${String(index + 8).padStart(6)} ${mark} ${row}`)
			.join("\n");
	},
};

function rowsOf(text: string, width: number): string[] {
	return text.split(/\r?\n/).flatMap((line) => {
		const rows = [line.slice(0, width)];
		for (let at = width; at < line.length; at += width) rows.push(line.slice(at, at + width));
		return rows;
	});
}

function box(rows: readonly string[], colour: string): string {
	const width = Math.max(...rows.map((row) => row.length));
	const end = colour === "" ? "" : `${ESC}[0m`;
	const bar = `${colour}│${end}`;
	const edge = "─".repeat(width + 2);
	return [
		`${colour}╭${edge}╮${end}`,
		...rows.map((row) => `${bar} ${row.padEnd(width)} ${bar}`),
		`${colour}╰${edge}╯${end}`,
	].join("\r\n");
}
