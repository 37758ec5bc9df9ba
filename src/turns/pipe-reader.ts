/**
 * A program that writes into a pipe instead of onto a screen → turns. Claude Code's print mode is one prompt and its
 * answer; anything else is the text it printed.
 */
import stripAnsi from "strip-ansi";
import type { TurnChange } from "../core/change.ts";
import type { Look } from "../core/look.ts";
import { TORN_LINE } from "../core/torn-line.ts";
import type { Item, Turn, TurnStatus } from "../core/turn.ts";
import { type ClaudeCommandLine, readClaudeArgs } from "./command-line.ts";
import { NO_FACTS, readStreamLine, type StreamFacts } from "./stream-json.ts";
import { Tape } from "./tape.ts";

export interface PipeReaderOptions {
	readonly look: Look;
	readonly isClaude: boolean;
	/** Arguments of the command, without its name. */
	readonly args: readonly string[];
	/** Session start, milliseconds since the Unix epoch. */
	readonly startedAt: number;
}

/** Text kept of one prompt or answer: far beyond what a model reads or writes. */
const MAX_TEXT_CHARS = 8_000_000;

export class PipeReader {
	readonly #options: PipeReaderOptions;
	readonly #line: ClaudeCommandLine;
	readonly #output = new TextDecoder("utf-8");
	readonly #input = new TextDecoder("utf-8");
	readonly #tape = new Tape();
	#facts: StreamFacts = NO_FACTS;
	#answer = "";
	#given = "";
	#rest = "";
	#isTorn = false;

	constructor(options: PipeReaderOptions) {
		this.#options = options;
		this.#line = readClaudeArgs(options.args, options.look.valueOptions);
	}

	/** Claude Code's own id of the session, once the stream has named it. */
	get facts(): StreamFacts {
		return this.#facts;
	}

	input(data: Uint8Array): void {
		this.#given = (this.#given + this.#input.decode(data, { stream: true })).slice(0, MAX_TEXT_CHARS);
	}

	/** Bytes are missing: the line that they belong to is not told, before them and behind. */
	gap(): void {
		this.#isTorn = true;
		this.#rest = TORN_LINE;
		const line = this.#answer.lastIndexOf("\n") + 1;
		if (this.#isText) this.#answer = this.#answer.slice(0, line) + TORN_LINE;
	}

	feed(data: Uint8Array): void {
		const decoded = this.#output.decode(data, { stream: true });
		const end = this.#isTorn ? decoded.indexOf("\n") : 0;
		if (end === -1) return;
		this.#isTorn = false;
		const text = decoded.slice(end);
		if (this.#isText) this.#answer = (this.#answer + text).slice(0, MAX_TEXT_CHARS);
		else this.#feedLines(text);
	}

	/** The turn as it stands; `endedAt` in milliseconds since the session's start. */
	report(endedAt: number | undefined, isLost: boolean): readonly TurnChange[] {
		if (endedAt !== undefined && this.#rest !== "") this.#feedLines("\n");
		const turn = this.#isPrint ? this.#printTurn(endedAt, isLost) : this.#tapeTurn(endedAt);
		return turn === undefined ? [] : [{ kind: "turn", turn }];
	}

	get #isPrint(): boolean {
		return this.#options.isClaude && (this.#line.isPrint || this.#given !== "");
	}

	get #isText(): boolean {
		return this.#isPrint && this.#line.outputFormat === "text";
	}

	#feedLines(text: string): void {
		const lines = (this.#rest + text).split("\n");
		this.#rest = (lines.pop() ?? "").slice(0, MAX_TEXT_CHARS);
		if (this.#isPrint) for (const line of lines) this.#facts = readStreamLine(this.#facts, line);
		else this.#tape.write(lines.map((line) => stripAnsi(line).replace(/\r$/u, "")));
	}

	#tapeTurn(endedAt: number | undefined): Turn | undefined {
		const { startedAt } = this.#options;
		return this.#tape.toTurn({
			seq: 1,
			startedAt,
			...(endedAt === undefined ? {} : { endedAt: startedAt + endedAt }),
		});
	}

	#printTurn(endedAt: number | undefined, isLost: boolean): Turn {
		const { startedAt } = this.#options;
		const status: TurnStatus = endedAt === undefined ? "running" : isLost ? "lost" : "complete";
		return {
			seq: 1,
			prompt: { text: this.#prompt(), kind: "prompt" },
			startedAt,
			...(endedAt === undefined ? {} : { endedAt: startedAt + Math.round(endedAt) }),
			status,
			...(this.#facts.usage === undefined ? {} : { usage: this.#facts.usage }),
			source: "terminal",
			recogniser: `claude-code/${this.#line.outputFormat}`,
			items: this.#isText ? this.#answerItems() : this.#facts.items,
		};
	}

	/** The command line's words first, then what came through the pipe: the order Claude Code gives them to the model. */
	#prompt(): string {
		const piped = this.#line.inputFormat === "stream-json" ? this.#streamedPrompts() : this.#given.trim();
		return [this.#line.prompt ?? "", piped].filter((part) => part !== "").join("\n");
	}

	#streamedPrompts(): string {
		const said = this.#given.split("\n").reduce(readStreamLine, NO_FACTS);
		return said.prompts.join("\n\n");
	}

	#answerItems(): readonly Item[] {
		const text = stripAnsi(this.#answer).trim();
		return text === "" ? [] : [{ kind: "assistant", text, source: "terminal", confidence: 1 }];
	}
}
