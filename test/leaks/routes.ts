/** The ways on which a program may show a secret: each turns what is said into what it writes, piece by piece. */
import type { Secret } from "./kinds.ts";
import type { Random } from "./random.ts";

/** A write, and the silence after it in milliseconds. */
export type Piece = readonly [text: string, pauseMs: number];

export interface Route {
	readonly name: string;
	readonly write: (secret: Secret, random: Random) => readonly Piece[];
}

const ESC = "\u001b";
const BELL = "\u0007";
/** Between two things said. */
const STEP_MS = 2;

export const ROUTES: readonly Route[] = [
	{ name: "printed", write: ({ said }) => [[`${lines(said)}\r\n`, STEP_MS]] },
	{ name: "streamed", write: ({ said }, random) => streamed(`${lines(said)}\r\n`, random) },
	{ name: "hard-wrapped", write: ({ said }, random) => [[wrap(said, random.between(20, 200)), STEP_MS]] },
	{
		name: "wrapped and streamed",
		write: ({ said }, random) => streamed(wrap(said, random.between(20, 120)), random),
	},
	{ name: "coloured", write: ({ said }, random) => [[`${coloured(said, random)}\r\n`, STEP_MS]] },
	{ name: "boxed", write: ({ said }, random) => [[box(said, random.between(20, 70)), STEP_MS]] },
	{ name: "result", write: ({ said }, random) => [[result(said, random.between(40, 90)), STEP_MS]] },
	{
		name: "title",
		write: ({ said }) => [[`${ESC}]0;${oneLine(said)}${BELL}${ESC}]2;x ${oneLine(said)}${ESC}\\`, STEP_MS]],
	},
	{
		name: "link",
		write: ({ value }) => [
			[
				`${ESC}]8;;https://example.org/?token=${encodeURIComponent(value)}${ESC}\\here${ESC}]8;;${ESC}\\\r\n`,
				STEP_MS,
			],
		],
	},
	{
		name: "clipboard",
		write: ({ value }) => [[`${ESC}]52;c;${Buffer.from(value).toString("base64")}${BELL}`, STEP_MS]],
	},
	{
		name: "folder and user",
		write: ({ value }) => [
			[
				`${ESC}]7;file://host/tmp/${encodeURIComponent(value)}${BELL}${ESC}]1337;RemoteUser=${oneLine(value)}@h${BELL}`,
				STEP_MS,
			],
		],
	},
	{ name: "redrawn", write: ({ said }, random) => redrawn(oneLine(said), random) },
	{
		name: "encoded",
		write: ({ said }) => [[`payload: ${Buffer.from(said).toString("base64")}\r\n`, STEP_MS]],
	},
	{
		name: "as JSON",
		write: ({ said }) => [[`${JSON.stringify({ log: JSON.stringify({ said }) })}\r\n`, STEP_MS]],
	},
];

function lines(text: string): string {
	return text.replaceAll("\n", "\r\n");
}

function oneLine(text: string): string {
	return text.replaceAll("\n", "\\n");
}

/** In pieces of 1 to 24 bytes. */
export function streamed(text: string, random: Random): Piece[] {
	const pieces: Piece[] = [];
	for (let at = 0; at < text.length; ) {
		const size = random.between(1, 24);
		pieces.push([text.slice(at, at + size), random.between(0, 3)]);
		at += size;
	}
	return pieces;
}

export function rowsOf(text: string, width: number): string[] {
	return text.split("\n").flatMap((line) => {
		const rows: string[] = [];
		for (let at = 0; at < line.length; at += width) rows.push(line.slice(at, at + width));
		return rows;
	});
}

function wrap(said: string, width: number): string {
	return `${rowsOf(said, width).join("\r\n")}\r\n\r\n`;
}

function coloured(said: string, random: Random): string {
	const every = random.pick([1, 3, 7]);
	return Array.from(lines(said), (character, index) =>
		index % every === 0 ? `${ESC}[${random.between(31, 36)}m${character}` : character,
	).join("");
}

function box(said: string, width: number): string {
	const rows = rowsOf(said, width).map((row) => `│ ${row.padEnd(width)} │`);
	return `╭${"─".repeat(width + 2)}╮\r\n${rows.join("\r\n")}\r\n╰${"─".repeat(width + 2)}╯\r\n`;
}

/** As an agent shows what a tool printed. */
function result(said: string, width: number): string {
	const [first = "", ...others] = rowsOf(said, width);
	return `● Bash(env)\r\n  ⎿  ${[first, ...others.map((row) => `     ${row}`)].join("\r\n")}\r\n\r\n`;
}

/** A line painted again at every key, as editors of lines do. */
function redrawn(said: string, random: Random): Piece[] {
	const pieces: Piece[] = [];
	for (let length = 1; length < said.length; length += random.between(1, 3))
		pieces.push([`\r${ESC}[K> ${said.slice(0, length)}`, random.between(0, 2)]);
	return [...pieces, [`\r${ESC}[K> ${said}\r\n`, STEP_MS]];
}
