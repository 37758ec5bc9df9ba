/** The outside of a terminal: runs a program on a real pseudo-terminal and keeps every byte it sends. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { forkPty, type PtyChild } from "../../src/terminal/native-pty.ts";
import { OrderedWriter } from "../../src/terminal/ordered-writer.ts";
import { PtyReader } from "../../src/terminal/pty-reader.ts";
import { removeFolder } from "./remove-folder.ts";

export const WRAP = resolve("dist/.test/wrap.cjs");

export interface OutsideExit {
	readonly code?: number | undefined;
	readonly signal?: string | undefined;
}

/** How long a background process may keep the terminal open after the program's end. */
const END_MS = 3000;

/** Reads the terminal itself: node-pty's own reader gives up 200 ms after the exit and loses the end of a flood. */
export class Outside {
	readonly pid: number;
	readonly path: string;
	readonly exited: Promise<OutsideExit>;
	readonly #child: PtyChild;
	readonly #master: PtyReader;
	readonly #keys: OrderedWriter;
	#chunks: Buffer[] = [];
	#watchers: (() => void)[] = [];
	#exit: OutsideExit | undefined;

	constructor(
		argv: readonly string[],
		options: {
			readonly env?: NodeJS.ProcessEnv;
			readonly cols?: number;
			readonly rows?: number;
			/** A person who does not look: nothing is read until `look()`. */
			readonly blind?: boolean;
		} = {},
	) {
		const [file = "", ...args] = argv;
		this.#child = forkPty({
			file,
			args,
			env: { ...cleanEnvironment(), ...options.env },
			size: { cols: options.cols ?? 80, rows: options.rows ?? 24 },
		});
		this.pid = this.#child.pid;
		this.path = this.#child.path;
		this.#keys = new OrderedWriter({ fd: this.#child.fd });
		this.#master = new PtyReader(this.#child.fd, (data) => {
			this.#chunks.push(Buffer.from(data));
			this.#notify();
		});
		if (options.blind === true) this.#master.pause();
		this.exited = this.#child.exited.then(async (exit) => {
			await Promise.race([this.#master.ended, new Promise((done) => setTimeout(done, END_MS))]);
			this.#exit = exit;
			this.#notify();
			this.#master.close();
			return exit;
		});
	}

	/** The terminal itself goes away under the program. */
	closeWindow(): void {
		this.#master.close();
	}

	look(): void {
		this.#master.resume();
	}

	resize(cols: number, rows: number): void {
		this.#child.resize({ cols, rows });
	}

	get bytes(): Buffer {
		return Buffer.concat(this.#chunks);
	}

	get text(): string {
		return this.bytes.toString("utf8");
	}

	type(keys: string): void {
		this.#keys.write(Buffer.from(keys, "utf8"));
	}

	/** Resolves when the condition holds; fails when the program ends first or time runs out. */
	async until(condition: (text: string) => boolean, what = "a condition", limitMs = 10_000): Promise<void> {
		const end = Date.now() + limitMs;
		while (!condition(this.text)) {
			if (this.#exit !== undefined)
				throw new Error(`it ended before ${what}: ${JSON.stringify(this.text.slice(-500))}`);
			if (Date.now() > end) throw new Error(`no ${what}: ${JSON.stringify(this.text.slice(-500))}`);
			await new Promise<void>((wake) => {
				const timer = setTimeout(wake, 50);
				this.#watchers.push(() => {
					clearTimeout(timer);
					wake();
				});
			});
		}
	}

	untilText(part: string): Promise<void> {
		return this.until((text) => text.includes(part), `text ${JSON.stringify(part)}`);
	}

	#notify(): void {
		const watchers = this.#watchers;
		this.#watchers = [];
		for (const wake of watchers) wake();
	}
}

/** The environment of the test run, without what says that a session is being recorded. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
	const env: NodeJS.ProcessEnv = { ...process.env, TERM: "xterm-256color" };
	for (const name of Object.keys(env)) {
		if (name.startsWith("CTRACE_") || name.startsWith("VITEST") || name.startsWith("CLAUDE"))
			delete env[name];
	}
	delete env.NODE_OPTIONS;
	return env;
}

/** The argv that runs a command wrapped. */
export function wrapped(...argv: string[]): string[] {
	return [process.execPath, WRAP, ...argv];
}

/** A home of its own for one test. */
export function temporaryHome(): { readonly path: string; remove(): void } {
	const path = mkdtempSync(join(tmpdir(), "ctrace-test-"));
	return {
		path,
		remove: () => removeFolder(path),
	};
}
