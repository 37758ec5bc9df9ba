/**
 * A person's terminal: a PTY with a program in it, and a screen that shows what the program draws
 * and answers its questions as a real terminal does. Everything is recorded.
 */
import { Terminal } from "@xterm/headless";
import { type IPty, spawn } from "node-pty";
import type { CastWriter } from "./cast.ts";

export interface ProgramExit {
	readonly code: number;
	readonly signal: number;
}

export interface ProgramOptions {
	readonly argv: readonly string[];
	readonly cols: number;
	readonly rows: number;
	readonly cwd: string;
	readonly env: Readonly<Record<string, string>>;
	readonly cast?: CastWriter | undefined;
}

/** Rows of history that the person's terminal keeps. */
const SCROLLBACK_ROWS = 100_000;

export class LiveTerminal {
	readonly #screen: Terminal;
	readonly #pty: IPty;
	readonly #cast: CastWriter | undefined;
	readonly #decoder = new TextDecoder("utf-8");
	readonly #watchers = new Set<() => void>();
	readonly #rowsSeen = new Set<string>();
	#exit: ProgramExit | undefined;
	#lastScreen = "";
	#changedAt = Date.now();

	constructor(options: ProgramOptions) {
		const { cols, rows } = options;
		const [file = "", ...args] = options.argv;
		this.#cast = options.cast;
		this.#screen = new Terminal({ cols, rows, scrollback: SCROLLBACK_ROWS, allowProposedApi: true });
		this.#pty = spawn(file, args, { cols, rows, cwd: options.cwd, env: { ...options.env }, encoding: null });
		this.#screen.onData((answer) => this.send(answer));
		this.#pty.onData((data: string | Uint8Array) => this.#show(data));
		this.#pty.onExit(({ exitCode, signal }) => {
			this.#exit = { code: exitCode, signal: signal ?? 0 };
			this.#wake();
		});
	}

	get exit(): ProgramExit | undefined {
		return this.#exit;
	}

	get pid(): number {
		return this.#pty.pid;
	}

	/** Every row that ever stood on the screen, in the order of its first showing. */
	get rowsSeen(): readonly string[] {
		return [...this.#rowsSeen];
	}

	/** When the text on the screen changed last, in milliseconds since the Unix epoch. */
	get changedAt(): number {
		return this.#changedAt;
	}

	/** Milliseconds for which the text on the screen has not changed; blinking cursors and titles do not count. */
	get quietMs(): number {
		return Date.now() - this.#changedAt;
	}

	send(bytes: string): void {
		if (this.#exit !== undefined) return;
		this.#cast?.write("i", bytes);
		this.#pty.write(bytes);
	}

	mark(label: string): void {
		this.#cast?.write("m", label);
	}

	resize(cols: number, rows: number): void {
		this.#cast?.write("r", `${cols}x${rows}`);
		this.#screen.resize(cols, rows);
		this.#pty.resize(cols, rows);
		this.#noticeChange();
	}

	kill(signal: string): void {
		this.#pty.kill(signal);
	}

	/** The rows in the window. */
	text(): string {
		const buffer = this.#screen.buffer.active;
		return this.#rows(buffer.baseY, buffer.baseY + this.#screen.rows);
	}

	/** The rows in the window and everything that can be scrolled back to. */
	fullText(): string {
		return `${this.#rows(0, this.#screen.buffer.active.length).trimEnd()}\n`;
	}

	/** Resolves with true as soon as `holds` does, with false after `timeoutMs` or at the program's end. */
	until(holds: () => boolean, timeoutMs: number): Promise<boolean> {
		return new Promise((resolve) => {
			const finish = (result: boolean) => {
				clearTimeout(deadline);
				clearInterval(beat);
				this.#watchers.delete(check);
				resolve(result);
			};
			const check = () => {
				if (holds()) finish(true);
				else if (this.#exit !== undefined) finish(false);
			};
			const deadline = setTimeout(() => finish(holds()), timeoutMs);
			// Conditions about time (quiet for so long) become true without any output.
			const beat = setInterval(check, QUIET_CHECK_MS);
			this.#watchers.add(check);
			check();
		});
	}

	/** Resolves with whether the program ended within `timeoutMs`. */
	ended(timeoutMs: number): Promise<boolean> {
		return this.until(() => this.#exit !== undefined, timeoutMs);
	}

	#show(data: string | Uint8Array): void {
		const text = typeof data === "string" ? data : this.#decoder.decode(data, { stream: true });
		this.#cast?.write("o", text);
		this.#screen.write(text, () => {
			this.#noticeChange();
			this.#wake();
		});
	}

	#noticeChange(): void {
		const now = this.text();
		if (now === this.#lastScreen) return;
		this.#lastScreen = now;
		this.#changedAt = Date.now();
		for (const row of now.split("\n")) if (row.trim() !== "") this.#rowsSeen.add(row.trimEnd());
	}

	#wake(): void {
		for (const watcher of [...this.#watchers]) watcher();
	}

	#rows(from: number, to: number): string {
		const buffer = this.#screen.buffer.active;
		let text = "";
		for (let row = from; row < to; row += 1)
			text += `${buffer.getLine(row)?.translateToString(true) ?? ""}\n`;
		return text;
	}
}

const QUIET_CHECK_MS = 25;
