/** Events → changes of turns, by the way the command is attached: a screen to be read, or a pipe. */
import { basename } from "node:path";
import type { TurnChange } from "../core/change.ts";
import type { TerminalEvent } from "../core/event.ts";
import type { Frame, Row } from "../core/frame.ts";
import type { Look } from "../core/look.ts";
import type { SessionStart } from "../core/wire.ts";
import { Screen } from "../screen/screen.ts";
import { readClaudeArgs } from "../turns/command-line.ts";
import { PipeReader } from "../turns/pipe-reader.ts";
import { joinWrapped } from "../turns/rows.ts";
import { Tape } from "../turns/tape.ts";
import { TurnReader } from "../turns/turn-reader.ts";

export interface TurnSource {
	feed(event: TerminalEvent): readonly TurnChange[];
	/** Time passed; `at` in milliseconds since the session's start. */
	tick(at: number): readonly TurnChange[];
	end(at: number, isLost: boolean): readonly TurnChange[];
	/** Lines that the screen shows, or showed since they were asked for, when it has changed: most are in no turn yet. */
	newOnScreen(): readonly string[];
}

export function isClaude(command: readonly string[]): boolean {
	return /^claude(?:\.(?:exe|cmd|js))?$/u.test(basename(command[0] ?? ""));
}

export function createTurnSource(start: SessionStart, look: Look): TurnSource {
	return start.attachment === "pty" ? new ScreenSource(start, look) : new PipeSource(start, look);
}

/** Of a flood, looked at beside the turns it becomes. */
const MOST_SCROLLED = 500;

class ScreenSource implements TurnSource {
	readonly #start: SessionStart;
	readonly #screen: Screen;
	readonly #reader: TurnReader;
	readonly #tape = new Tape();
	/** A shell's own text is worth keeping; Claude Code's banner is not. */
	readonly #keepsTape: boolean;
	#newest: Frame | undefined;
	#scrolled: readonly Row[] = [];

	constructor(start: SessionStart, look: Look) {
		const wrapsClaude = isClaude(start.command);
		const given = wrapsClaude ? readClaudeArgs(start.command.slice(1), look.valueOptions).prompt : undefined;
		this.#start = start;
		this.#keepsTape = !wrapsClaude;
		this.#screen = new Screen({ cols: start.cols, rows: start.rows });
		this.#reader = new TurnReader({
			look,
			startedAt: start.startedAt,
			givenPrompts: given === undefined ? [] : [given],
			firstSeq: () => (this.#keepsTape && !this.#tape.isEmpty ? 2 : 1),
		});
	}

	feed(event: TerminalEvent): readonly TurnChange[] {
		const changes = this.#read(this.#screen.feed(event));
		if (event.kind === "input") this.#reader.input(event.data, event.at);
		return changes;
	}

	tick(at: number): readonly TurnChange[] {
		const changes = this.#read(this.#screen.tick(at));
		return this.#reader.isSeen || !this.#keepsTape ? changes : [...changes, ...this.#tapeTurn(undefined)];
	}

	end(at: number, isLost: boolean): readonly TurnChange[] {
		const changes = [...this.#read(this.#screen.flush()), ...this.#reader.end(at, isLost)];
		return this.#reader.isSeen && !this.#keepsTape ? changes : [...this.#tapeTurn(at), ...changes];
	}

	newOnScreen(): readonly string[] {
		const frame = this.#newest;
		if (frame === undefined) return [];
		const rows = [...this.#scrolled, ...frame.rows];
		this.#newest = undefined;
		this.#scrolled = [];
		return joinWrapped(rows, frame.cols).map((row) => row.text);
	}

	#read(frames: readonly Frame[]): readonly TurnChange[] {
		this.#newest = frames.at(-1) ?? this.#newest;
		for (const frame of frames) this.#scrolled = [...this.#scrolled, ...frame.scrolled].slice(-MOST_SCROLLED);
		return frames.flatMap((frame) => {
			const changes = this.#reader.feed(frame);
			if (!this.#reader.isSeen) this.#tape.feed(frame);
			return changes;
		});
	}

	#tapeTurn(endedAt: number | undefined): readonly TurnChange[] {
		const { startedAt } = this.#start;
		const ended = endedAt === undefined ? {} : { endedAt: Math.round(startedAt + endedAt) };
		const turn = this.#tape.toTurn({ seq: 1, startedAt, ...ended });
		return turn === undefined ? [] : [{ kind: "turn", turn }];
	}
}

class PipeSource implements TurnSource {
	readonly #reader: PipeReader;
	#toldVersion = false;

	constructor(start: SessionStart, look: Look) {
		const { command, startedAt } = start;
		this.#reader = new PipeReader({ look, isClaude: isClaude(command), args: command.slice(1), startedAt });
	}

	feed(event: TerminalEvent): readonly TurnChange[] {
		if (event.kind === "input") this.#reader.input(event.data);
		if (event.kind === "output") this.#reader.feed(event.data);
		const { version } = this.#reader.facts;
		if (version === undefined || this.#toldVersion) return [];
		this.#toldVersion = true;
		return [{ kind: "session", agentVersion: version }];
	}

	tick(): readonly TurnChange[] {
		return this.#reader.report(undefined, false);
	}

	newOnScreen(): readonly string[] {
		return [];
	}

	end(at: number, isLost: boolean): readonly TurnChange[] {
		return this.#reader.report(at, isLost);
	}
}
