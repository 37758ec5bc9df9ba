/** The outside of a terminal: runs a program on a real pseudo-terminal and keeps every byte it sends. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type IPty, spawn } from "node-pty";

export const WRAP = resolve("dist/.test/wrap.js");

export interface OutsideExit {
	readonly exitCode: number;
	readonly signal: number;
}

export class Outside {
	readonly pty: IPty;
	readonly exited: Promise<OutsideExit>;
	#chunks: Buffer[] = [];
	#watchers: (() => void)[] = [];
	#exit: OutsideExit | undefined;

	constructor(
		argv: readonly string[],
		options: {
			readonly env?: NodeJS.ProcessEnv;
			readonly cols?: number;
			readonly rows?: number;
			readonly cwd?: string;
		} = {},
	) {
		const [file = "", ...args] = argv;
		this.pty = spawn(file, args, {
			cols: options.cols ?? 80,
			rows: options.rows ?? 24,
			cwd: options.cwd ?? process.cwd(),
			env: { ...cleanEnvironment(), ...options.env },
			encoding: null,
		});
		this.pty.onData((data) => {
			this.#chunks.push(Buffer.from(data));
			this.#notify();
		});
		this.exited = new Promise((done) => {
			this.pty.onExit(({ exitCode, signal }) => {
				this.#exit = { exitCode, signal: signal ?? 0 };
				this.#notify();
				done(this.#exit);
			});
		});
	}

	get bytes(): Buffer {
		return Buffer.concat(this.#chunks);
	}

	get text(): string {
		return this.bytes.toString("utf8");
	}

	type(keys: string): void {
		this.pty.write(keys);
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
	delete env["NODE_OPTIONS"];
	return env;
}

/** The argv that runs a command wrapped. */
export function wrapped(...argv: string[]): string[] {
	return [process.execPath, WRAP, ...argv];
}

/** A home of its own for one test. */
export function temporaryHome(): { readonly path: string; remove(): void } {
	const path = mkdtempSync(join(tmpdir(), "ctrace-test-"));
	return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
