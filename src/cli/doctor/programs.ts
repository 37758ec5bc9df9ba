/** Other programs on this machine, and what they say about themselves. */
import { execFile } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { CliContext } from "../context.ts";

/** What starts when this word is typed; undefined: nothing does. */
export function findProgram(name: string, path = ""): string | undefined {
	return path
		.split(delimiter)
		.filter((folder) => folder !== "")
		.map((folder) => join(folder, name))
		.find(isProgram);
}

function isProgram(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return statSync(path).isFile();
	} catch {
		return false;
	}
}

interface Asking {
	readonly env: CliContext["env"];
	readonly limitMs: number;
	readonly cwd?: string;
}

/** What a program says about itself: as far as it came within the limit, nothing where it fails at once. */
export function outputOf(
	path: string,
	words: readonly string[],
	{ limitMs, ...place }: Asking,
): Promise<string> {
	return new Promise((resolve) => {
		const options = { ...place, timeout: limitMs, killSignal: "SIGKILL" } as const;
		const child = execFile(path, words, options, (_error, output) => resolve(output));
		child.stdin?.end();
	});
}
