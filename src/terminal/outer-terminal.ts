/**
 * The user's own terminal: keys come from it, output goes to it, and it is given back as it was found.
 *
 *   cooked --enterRaw--> raw --leaveRaw--> cooked
 */
import { closeSync, constants, fstatSync, openSync } from "node:fs";
import { ReadStream, type WriteStream } from "node:tty";
import type { TerminalSize } from "../core/event.ts";
import { settingsDoor } from "./terminal-settings.ts";

/** A terminal that does not know its size says 0×0. */
const NO_SIZE: TerminalSize = { cols: 0, rows: 0 };

export class OuterTerminal {
	readonly outputFd: number;
	/** The same terminal, opened anew so that a write never blocks; absent where that is not possible. */
	readonly quickOutputFd: number | undefined;
	readonly #inputFd: number;
	readonly #input: ReadStream;
	readonly #output: Pick<WriteStream, "columns" | "rows" | "on">;
	/** The user's line settings when ctrace came; known after a moment. */
	readonly settings: Promise<string | undefined>;
	#transparent: Promise<void> = Promise.resolve();

	/** `output` knows the size, and keeps it fresh; bytes are written to its descriptor directly. */
	constructor(ends: {
		readonly inputFd: number;
		readonly outputFd: number;
		readonly output: Pick<WriteStream, "columns" | "rows" | "on">;
	}) {
		this.#inputFd = ends.inputFd;
		this.outputFd = ends.outputFd;
		this.quickOutputFd = openNonBlocking(ends.outputFd);
		this.#output = ends.output;
		this.settings = settingsDoor().read(this.#inputFd);
		this.#output.on("error", () => {}); // a terminal that went away; the writer notices on its own
		this.#input = new ReadStream(this.#inputFd);
		this.#input.on("error", () => {});
		this.#input.pause();
	}

	size(): TerminalSize {
		// A terminal that does not know its size leaves these undefined, whatever their type says.
		const { columns, rows }: { columns?: number; rows?: number } = this.#output;
		return columns === undefined || rows === undefined ? NO_SIZE : { cols: columns, rows };
	}

	/** Keys come as they are typed, unechoed; resolves when the terminal no longer touches any byte. */
	enterRaw(): Promise<void> {
		trySetRaw(this.#input, true);
		this.#transparent = settingsDoor().makeTransparent(this.#inputFd);
		return this.#transparent;
	}

	/** Gives the terminal back with the settings it had. */
	async leaveRaw(): Promise<void> {
		await this.#transparent; // or it would be made raw again behind our back
		trySetRaw(this.#input, false);
	}

	/** Nothing will pass through here: whoever comes after needs the descriptors, and is to have the keys to itself. */
	standAside(): void {
		this.#input.destroy();
		if (this.quickOutputFd !== undefined) closeSync(this.quickOutputFd);
	}

	onKeys(listener: (bytes: Uint8Array) => void): void {
		this.#input.on("data", listener);
		this.#input.resume();
	}

	/** Where keys come from; undefined while nobody wants them. */
	get keysFd(): number | undefined {
		return this.#input.isPaused() ? undefined : this.#inputFd;
	}

	pauseKeys(): void {
		this.#input.pause();
	}

	resumeKeys(): void {
		this.#input.resume();
	}
}

/**
 * The person's shell shares our descriptor, so that one must stay as it is. On Linux a descriptor can be opened once more
 * through `/proc`, which gives one with flags of its own.
 */
function openNonBlocking(fd: number): number | undefined {
	if (process.platform !== "linux") return undefined;
	try {
		return openSync(`/proc/self/fd/${fd}`, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
	} catch {
		return undefined; // a terminal of another user (`su`), or no /proc
	}
}

function trySetRaw(input: ReadStream, raw: boolean): void {
	try {
		input.setRawMode(raw);
	} catch {
		// The terminal is gone: there is nothing left to restore.
	}
}

/** Whether both descriptors are one and the same terminal device. */
export function isSameDevice(a: number, b: number): boolean {
	return fstatSync(a).rdev === fstatSync(b).rdev;
}
