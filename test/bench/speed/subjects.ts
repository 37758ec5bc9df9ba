/** What is compared: the same command bare, below a relay that records nothing, below ctrace, and below the peers that are there. */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Bench } from "./bench.ts";

export interface Subject {
	readonly name: string;
	readonly wrap: (command: readonly string[]) => readonly string[];
}

/** The least that Node and node-pty allow. */
const RELAY = `import { spawn } from "node-pty";
process.stdin.setRawMode?.(true);
const [file, ...args] = process.argv.slice(2);
const child = spawn(file, args, { cols: process.stdout.columns, rows: process.stdout.rows, encoding: null });
process.stdin.on("data", (keys) => child.write(keys));
process.stdout.on("resize", () => child.resize(process.stdout.columns, process.stdout.rows));
child.onData((data) => process.stdout.write(data));
child.onExit(({ exitCode, signal }) => {
	process.stdin.setRawMode?.(false);
	process.exit(signal ? 128 + signal : exitCode);
});
`;

export function bare(): Subject {
	return { name: "nothing", wrap: (command) => command };
}

export function relay({ root }: Bench): Subject {
	const folder = join(root, ".cache", "bench"); // below node_modules, so that node-pty is found
	mkdirSync(folder, { recursive: true });
	const file = join(folder, "relay.mjs");
	writeFileSync(file, RELAY);
	return { name: "relay", wrap: (command) => [process.execPath, file, ...command] };
}

export function ctrace({ root }: Bench): Subject {
	return {
		name: "ctrace",
		wrap: (command) => [process.execPath, join(root, "bin", "ctrace.js"), "--", ...command],
	};
}

/** Those of Debian that are installed; and the names of those that are not. */
export function peers({ place }: Bench): {
	readonly there: readonly Subject[];
	readonly missing: readonly string[];
} {
	const all: readonly Subject[] = [
		{ name: "script", wrap: (command) => ["script", "-qefc", quote(command), join(place, "typescript")] },
		{
			name: "asciinema",
			wrap: (command) => [
				"asciinema",
				"rec",
				"-q",
				"--overwrite",
				"-c",
				quote(command),
				join(place, "a.cast"),
			],
		},
	];
	const there = all.filter(({ name }) => versionOf(name) !== undefined);
	return { there, missing: all.filter((one) => !there.includes(one)).map(({ name }) => name) };
}

/** First line of what it says of itself; undefined when it is not installed. */
export function versionOf(name: string): string | undefined {
	const { status, stdout } = spawnSync(name, ["--version"], { encoding: "utf8" });
	return status === 0 ? stdout.split("\n")[0]?.trim() : undefined;
}

/** What a report says of those that are not there. */
export function missingLine(missing: readonly string[]): string[] {
	return missing.length === 0
		? []
		: ["", `Not installed on this machine, so not compared: ${missing.join(", ")}.`];
}

function quote(words: readonly string[]): string {
	return words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
}
