/** Finds what a command word stands for, as the system itself would, and says plainly when there is nothing. */
import { accessSync, closeSync, constants, openSync, readSync, realpathSync, statSync } from "node:fs";
import { basename, delimiter, join } from "node:path";
import { COMMAND_NAMES } from "../core/command-names.ts";
import { nearest } from "../core/nearest.ts";

export type FoundCommand =
	/** `file` is what to start: the word itself, unless that would start ctrace again. */
	| { readonly kind: "found"; readonly file: string; readonly path: string }
	| { readonly kind: "missing"; readonly code: 126 | 127; readonly message: string };

/** What the system searches when PATH is not set. */
const DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";
const INSTALL_HINTS: Readonly<Record<string, string>> = {
	claude: "install Claude Code with `npm install -g @anthropic-ai/claude-code`",
};

export interface FindOptions {
	readonly word: string;
	readonly path: string | undefined;
	/** ctrace's own program file: a word that leads back to it is looked up further down the PATH. */
	readonly self: string;
}

export function findCommand(options: FindOptions): FoundCommand {
	const { word } = options;
	if (word.includes("/")) return judge(word, word, probe(word));
	const candidates = (options.path ?? DEFAULT_PATH)
		.split(delimiter)
		.map((folder) => join(folder === "" ? "." : folder, word))
		.map((path) => ({ path, state: probe(path) }));
	const runnable = candidates.filter(
		({ path, state }) => state === "runnable" && !leadsBack(path, options.self),
	);
	const genuine = runnable.find(({ path }) => !isShim(path));
	const chosen = genuine ?? runnable[0];
	if (chosen !== undefined) {
		const isFirst = candidates.find(({ state }) => state === "runnable") === chosen;
		return { kind: "found", file: isFirst ? word : chosen.path, path: chosen.path };
	}
	const forbidden = candidates.find(({ state }) => state === "forbidden");
	return judge(word, forbidden?.path ?? word, forbidden === undefined ? "absent" : "forbidden");
}

function judge(word: string, path: string, state: Probe): FoundCommand {
	if (state === "runnable") return { kind: "found", file: word, path };
	if (state === "absent") return { kind: "missing", code: 127, message: notFound(word) };
	const why = state === "directory" ? "is a directory" : "is not executable";
	return { kind: "missing", code: 126, message: `${path} ${why}` };
}

function notFound(word: string): string {
	const said = `${word}: command not found`;
	const install = INSTALL_HINTS[basename(word)];
	if (install !== undefined) return `${said}; ${install}`;
	const guess = nearest(word, COMMAND_NAMES);
	return guess === undefined ? said : `${said}; did you mean \`ctrace ${guess}\`?`;
}

type Probe = "runnable" | "forbidden" | "directory" | "absent";

function probe(path: string): Probe {
	try {
		const stat = statSync(path);
		if (stat.isDirectory()) return "directory";
		accessSync(path, constants.X_OK);
		return "runnable";
	} catch (error) {
		const code = error instanceof Error && "code" in error ? error.code : undefined;
		return code === "EACCES" || code === "EPERM" ? "forbidden" : "absent";
	}
}

function leadsBack(path: string, self: string): boolean {
	try {
		return realpathSync(path) === realpathSync(self);
	} catch {
		return false;
	}
}

/** A shim is a short script; the genuine program is far larger. */
const SHIM_MAX_BYTES = 4096;

/** A small script that calls ctrace, put on the PATH so that `claude` means `ctrace claude`. */
function isShim(path: string): boolean {
	try {
		if (statSync(path).size > SHIM_MAX_BYTES) return false;
		const text = readHead(path);
		return text.startsWith("#!") && /\b(ctrace|claude-tracer)\b/.test(text);
	} catch {
		return false; // unreadable but executable: not a script
	}
}

function readHead(path: string): string {
	const fd = openSync(path, "r");
	try {
		const bytes = Buffer.alloc(SHIM_MAX_BYTES);
		return bytes.subarray(0, readSync(fd, bytes)).toString("latin1");
	} finally {
		closeSync(fd);
	}
}
