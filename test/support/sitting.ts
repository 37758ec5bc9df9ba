/**
 * Screens as drawings, and a person who sits before them. A drawing is painted by a real emulator:
 *
 *   ▓❯ Hello      the row has a background, as prompts have
 *   ────          a rule of four signs or more at the margin becomes as wide as the screen
 *   {grey} {red} {b} {dim} {inv} … {/}    how the following text is painted
 *
 * Empty first and last lines and the drawing's own indentation do not count.
 */
import type { TurnChange } from "../../src/core/change.ts";
import type { Frame } from "../../src/core/frame.ts";
import type { Look } from "../../src/core/look.ts";
import type { Turn } from "../../src/core/turn.ts";
import { Screen } from "../../src/screen/screen.ts";
import { TurnReader } from "../../src/turns/turn-reader.ts";
import { testLook } from "./fixtures.ts";

const PAINTS: Readonly<Record<string, string>> = {
	grey: "38;2;153;153;153",
	green: "38;2;78;186;101",
	red: "38;2;255;107;128",
	white: "38;2;255;255;255",
	b: "1",
	dim: "2",
	inv: "7",
	"/": "0",
};
const FILL = "\u001b[48;2;55;55;55m";
const encoder = new TextEncoder();

export function paint(drawing: string, cols: number): Uint8Array {
	const rows = undented(drawing).map((row) => paintRow(row, cols));
	return encoder.encode(`\u001b[H\u001b[2J${rows.join("\u001b[0m\r\n")}\u001b[0m`);
}

function paintRow(row: string, cols: number): string {
	if (/^─{4,}$/u.test(row)) return `\u001b[${PAINTS.grey}m${"─".repeat(cols)}`;
	const painted = row.replace(/\{(\/|\w+)\}/gu, (mark, name: string) =>
		PAINTS[name] === undefined ? mark : `\u001b[${PAINTS[name]}m`,
	);
	return painted.startsWith("▓") ? `${FILL}${painted.slice(1)}\u001b[K` : painted;
}

function undented(drawing: string): readonly string[] {
	const rows = drawing.split("\n");
	if (rows[0]?.trim() === "") rows.shift();
	if (rows.at(-1)?.trim() === "") rows.pop();
	const indent = Math.min(
		...rows.filter((row) => row.trim() !== "").map((row) => /^\t*/.exec(row)?.[0].length ?? 0),
	);
	return rows.map((row) => row.slice(indent));
}

export function frameOf(drawing: string, size: { cols?: number; rows?: number } = {}): Frame {
	const { cols = 60, rows = 20 } = size;
	const screen = new Screen({ cols, rows });
	screen.feed({ kind: "output", at: 0, data: paint(drawing, cols) });
	const frame = screen.flush().at(-1);
	if (frame === undefined) throw new Error("nothing was drawn");
	return frame;
}

const BOX_TOP = "────\n";

/** The input box with a text in it, to be put below a conversation. */
export function box(text = "", footer = "  ? for shortcuts"): string {
	return `${BOX_TOP}❯ ${text}\n${BOX_TOP}${footer}`;
}

let sharedLook: Look | undefined;
export function look(): Look {
	sharedLook ??= testLook();
	return sharedLook;
}

/** Time passes by itself: a second with every screen and key. */
export class Sitting {
	#cols: number;
	readonly #screen: Screen;
	readonly #reader: TurnReader;
	readonly #turns = new Map<number, Turn>();
	#at = 0;

	constructor(
		options: { cols?: number; rows?: number; fullscreen?: boolean; given?: readonly string[] } = {},
	) {
		const { cols = 60, rows = 20, fullscreen = false, given = [] } = options;
		this.#cols = cols;
		this.#screen = new Screen({ cols, rows });
		this.#reader = new TurnReader({ look: look(), startedAt: 0, givenPrompts: given, firstSeq: () => 1 });
		if (fullscreen) this.#write(encoder.encode("\u001b[?1049h"));
	}

	/** The whole screen, drawn anew. */
	shows(...drawings: readonly string[]): this {
		const rows = drawings.map((drawing) => undented(drawing).join("\n"));
		this.#write(paint(rows.join("\n"), this.#cols));
		return this;
	}

	/** More rows below what stands there, after the cursor's. */
	prints(...drawings: readonly string[]): this {
		const rows = drawings.flatMap(undented).map((row) => paintRow(row, this.#cols));
		this.#write(encoder.encode(rows.map((row) => `\r\n${row}\u001b[0m`).join("")));
		return this;
	}

	/** The window's new size; the program has painted nothing yet. */
	resizes(cols: number, rows: number): this {
		this.#at += 1000;
		this.#cols = cols;
		this.#take(this.#screen.feed({ kind: "resize", at: this.#at, cols, rows }));
		this.#take(this.#screen.tick(this.#at + 500));
		return this;
	}

	/** What the program writes, as it is. */
	writes(text: string): this {
		this.#write(encoder.encode(text));
		return this;
	}

	/** Time in which nothing happens, in seconds. */
	waits(seconds: number): this {
		this.#at += seconds * 1000;
		return this;
	}

	types(keys: string): this {
		this.#at += 1000;
		this.#take(this.#screen.tick(this.#at));
		this.#reader.input(encoder.encode(keys), this.#at);
		return this;
	}

	/** Types a prompt, sees it in the box, and sends it. */
	sends(prompt: string, above = ""): this {
		return this.types(prompt).shows(above, box(prompt)).types("\r");
	}

	ends(): readonly Turn[] {
		this.#apply(this.#reader.end(this.#at, false));
		return this.turns;
	}

	get turns(): readonly Turn[] {
		return [...this.#turns.values()].sort((a, b) => a.seq - b.seq);
	}

	get prompts(): readonly string[] {
		return this.turns.map((turn) => turn.prompt.text);
	}

	#write(data: Uint8Array): void {
		this.#at += 1000;
		this.#take(this.#screen.feed({ kind: "output", at: this.#at, data }));
		this.#take(this.#screen.tick(this.#at + 500));
	}

	#take(frames: readonly Frame[]): void {
		for (const frame of frames) this.#apply(this.#reader.feed(frame));
	}

	#apply(changes: readonly TurnChange[]): void {
		for (const change of changes) {
			if (change.kind === "turn") this.#turns.set(change.turn.seq, change.turn);
			if (change.kind === "withdrawn") this.#turns.delete(change.seq);
		}
	}
}
