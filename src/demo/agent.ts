/**
 * The scripted agent of `ctrace demo`: a coding assistant's terminal played from a script, for people who have none
 * at hand. It draws on the main screen as the genuine ones do (answers scroll up, the input box stays at the
 * bottom, a spinner in between), types its own prompts and answers its own permission dialog. It reads and changes nothing.
 */
import { setTimeout as wait } from "node:timers/promises";
import {
	banner,
	bullet,
	dialog,
	dim,
	ink,
	inputBox,
	prefixes,
	promptEcho,
	result,
	wordPrefixes,
} from "./looks.ts";
import { DEMO_SCRIPT, type DemoStep } from "./script.ts";

const SPINNER = ["·", "✢", "✳", "✶", "✻", "✽"];
const TYPE_MS = 22;
const WORD_MS = 28;
const SPIN_MS = 90;
const READ_MS = 700;

const WHITE = "38;5;15";
const GREY = "38;5;246";
const GREEN = "38;5;114";
const ORANGE = "38;5;174";
/** Begin and end of a synchronised update: the terminal shows it whole. */
const FRAME = { begin: "\x1b[?2026h", end: "\x1b[?2026l" } as const;

interface Screen {
	readonly columns: number;
	readonly write: (text: string) => void;
}

/** Plays the script; resolves when the agent has said goodbye. `pace` 0 leaves out all pauses. */
export async function playDemo(screen: Screen, pace = 1): Promise<void> {
	const agent = new DemoAgent(screen, pace);
	screen.write(banner(screen.columns));
	for (const step of DEMO_SCRIPT) await agent.play(step);
	agent.leave();
}

type ToolStep = Extract<DemoStep, { kind: "tool" }>;

class DemoAgent {
	readonly #screen: Screen;
	readonly #pace: number;
	/** The area at the bottom that is drawn again and again: spinner, dialog or input box. */
	#live: readonly string[] = [];

	constructor(screen: Screen, pace: number) {
		this.#screen = screen;
		this.#pace = pace;
	}

	async play(step: DemoStep): Promise<void> {
		switch (step.kind) {
			case "prompt":
				return this.#ask(step.text);
			case "think":
				return this.#spin(step.ms, step.verb);
			case "say":
				return this.#say(step.text);
			case "tool":
				return this.#useTool(step);
			case "done":
				this.#settle([dim(`✻ Worked for ${step.seconds}s`)]);
				return this.#pause(READ_MS);
		}
	}

	leave(): void {
		this.#draw([]);
	}

	async #ask(text: string): Promise<void> {
		for (const typed of prefixes(text)) {
			this.#draw(this.#box(typed));
			await this.#pause(TYPE_MS);
		}
		await this.#pause(READ_MS / 2);
		this.#settle([promptEcho(this.#screen.columns, text)]);
	}

	async #spin(ms: number, verb: string): Promise<void> {
		for (let frame = 0; frame * SPIN_MS < ms; frame += 1) {
			const sign = SPINNER[frame % SPINNER.length] ?? "·";
			const note = dim(`(${Math.floor((frame * SPIN_MS) / 1000)}s · esc to interrupt)`);
			this.#draw(["", `${ink(ORANGE, `${sign} ${verb}…`)} ${note}`, ...this.#box()]);
			await this.#pause(SPIN_MS);
		}
	}

	async #say(text: string): Promise<void> {
		for (const shown of wordPrefixes(text)) {
			this.#draw(["", ...bullet(WHITE, shown), ...this.#box()]);
			await this.#pause(WORD_MS);
		}
		this.#settle(bullet(WHITE, text));
		await this.#pause(READ_MS / 2);
	}

	async #useTool({ name, input, output, asks }: ToolStep): Promise<void> {
		const call = (colour: string) => `${ink(colour, "●")} ${ink("1", name)}(${input})`;
		if (asks !== undefined) {
			this.#draw(["", call(GREY), dim("  ⎿  Waiting…"), ...dialog(this.#screen.columns, asks)]);
			await this.#pause(READ_MS * 2);
		}
		this.#draw(["", call(GREY), dim("  ⎿  Running…"), ...this.#box()]);
		await this.#pause(READ_MS);
		this.#settle([call(GREEN), ...result(output)]);
	}

	#box(typed = ""): string[] {
		return inputBox(this.#screen.columns, typed);
	}

	#draw(lines: readonly string[]): void {
		this.#frame(lines);
		this.#live = lines;
	}

	/** Puts finished lines above the live area, which is an empty input box then. */
	#settle(lines: readonly string[]): void {
		const box = this.#box();
		this.#frame(["", ...lines, ...box]);
		this.#live = box;
	}

	#frame(lines: readonly string[]): void {
		const erase = this.#live.length === 0 ? "" : `\x1b[${this.#live.length}A\r\x1b[J`;
		const drawn = lines.map((line) => `${line}\r\n`).join("");
		this.#screen.write(FRAME.begin + erase + drawn + FRAME.end);
	}

	#pause(ms: number): Promise<void> {
		return wait(ms * this.#pace);
	}
}
