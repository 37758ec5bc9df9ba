/** Where a run of the leak test takes place: what is ours and will be searched, and what belongs to the wrapped programs. */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { removeFolder } from "../support/remove-folder.ts";

const run = promisify(execFile);

export interface Place {
	readonly root: string;
	readonly home: string;
	readonly ctraceHome: string;
	readonly temporary: string;
	/** Files of the wrapped programs, which hold their secrets in the open: not ours, not searched. */
	readonly theirs: string;
	/** The built ctrace, as a command. */
	readonly ctrace: readonly string[];
	readonly recorder: string;
	/** What a person's shell would hand to a program. */
	readonly env: Readonly<Record<string, string>>;
	readonly remove: () => void;
}

/** Writes what it is told, piece by piece: the plan is a list of texts and pauses. */
const PLAYER = `
import { readFileSync } from "node:fs";
const plan = JSON.parse(readFileSync(process.argv[2], "utf8"));
for (const [text, pauseMs] of plan) {
	if (!process.stdout.write(text)) await new Promise((go) => process.stdout.once("drain", go));
	if (pauseMs > 0) await new Promise((go) => setTimeout(go, pauseMs));
}
`;

export function makePlace(repository: string): Place {
	const root = realpathSync(mkdtempSync(join(tmpdir(), "ctrace-leaks-")));
	const folder = (name: string) => {
		mkdirSync(join(root, name), { mode: 0o700 });
		return join(root, name);
	};
	const [home, ctraceHome, temporary, theirs] = ["home", "ctrace", "tmp", "theirs"].map(folder);
	if (home === undefined || ctraceHome === undefined || temporary === undefined || theirs === undefined)
		throw new Error("no place");
	writeFileSync(join(theirs, "player.mjs"), PLAYER);
	return {
		root,
		home,
		ctraceHome,
		temporary,
		theirs,
		ctrace: [process.execPath, join(repository, "bin", "ctrace.js")],
		recorder: join(repository, "dist", "recorder.js"),
		env: {
			PATH: process.env.PATH ?? "",
			HOME: home,
			CTRACE_HOME: ctraceHome,
			TMPDIR: temporary,
			TERM: "xterm-256color",
			LANG: "C.UTF-8",
			SHELL: "/bin/bash",
			HISTFILE: join(theirs, "history"),
		},
		remove: () => removeFolder(root),
	};
}

/** Every file of ours: what is stored, the home, the folder for temporary files, and what a crash may have left. */
export function ourFiles(place: Place): readonly { readonly path: string; readonly bytes: Uint8Array }[] {
	return [place.ctraceHome, place.home, place.temporary].flatMap(filesBelow).map((path) => ({
		path,
		bytes: readFileSync(path),
	}));
}

function filesBelow(folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));
}

interface Process {
	readonly pid: number;
	readonly parent: number;
	readonly words: string;
}

async function processes(): Promise<Process[]> {
	const { stdout } = await run("ps", ["-A", "-o", "pid=,ppid=,args="], { maxBuffer: 64 * 1024 * 1024 });
	return stdout.split("\n").flatMap((line) => {
		const [, pid, parent, words = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
		return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), words }];
	});
}

/** The recorder that a wrapper has started, once it is there. */
export async function recorderOf(place: Place, wrapper: number): Promise<number | undefined> {
	const all = await processes();
	return all.find(({ parent, words }) => parent === wrapper && words.includes(place.recorder))?.pid;
}

const RECORDERS_END_MS = 30_000;

/** Waits until every recorder of this checkout has written its last word. */
export async function recordersEnded(place: Place): Promise<void> {
	const until = Date.now() + RECORDERS_END_MS;
	while ((await processes()).some(({ words }) => words.includes(place.recorder))) {
		if (Date.now() > until) throw new Error("a recorder does not come to its end");
		await new Promise((go) => setTimeout(go, 100));
	}
}
