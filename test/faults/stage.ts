/** One run on its stage: the place, the programs, and what a fault needs to get at them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Place } from "../leaks/place.ts";
import type { Random } from "../leaks/random.ts";
import type { Scene } from "./fault.ts";
import { childrenOf, commandLine, isAlive } from "./processes.ts";
import type { Tools } from "./tools.ts";
import type { Viewer } from "./viewer.ts";
import type { Waiting } from "./waiting.ts";

export interface Sitting {
	readonly viewer: Viewer;
	/** Holds what the shell and the command wrote down about themselves. */
	readonly folder: string;
	/** Milliseconds since the Unix epoch. */
	readonly startedAt: number;
}

/** The same command at two terminals: as it is, and under ctrace. */
export interface Pair {
	readonly bare: Sitting;
	readonly wrapped: Sitting;
	/** Of the wrapper. */
	readonly waiting: Waiting;
}

export interface Stage {
	readonly place: Place;
	readonly tools: Tools;
	readonly random: Random;
	readonly scene: Scene;
	readonly pairs: Pair[];
	/** A copy of the programs for this run alone; made when it is asked for. */
	readonly installation: () => string;
	/** What the fault itself found wrong. */
	readonly problems: string[];
	/** After the command's end, before anybody looks at the record. */
	readonly afterwards: (() => unknown)[];
	/** When the recorders have ended, too. */
	readonly atLast: (() => unknown)[];
	/** To be undone at the end, last first. */
	readonly undo: (() => void | Promise<void>)[];
	readonly waiting: Waiting;
	/** When it struck, by the monotonic clock; absent = it has not, or was there from the beginning. */
	struckAt?: number;
}

export interface Notes {
	readonly pid?: number;
	readonly parent?: number;
	readonly began?: number;
	readonly ended?: { readonly at: number; readonly how: string };
}

export function notesOf({ folder }: Sitting): Notes {
	const lines = readOr(join(folder, "notes"), "").split("\n");
	const fields = (word: string) => lines.find((line) => line.startsWith(`${word} `))?.split(" ");
	const [, pid, parent] = fields("pid") ?? [];
	const [, began] = fields("began") ?? [];
	const [, at, how] = fields("ended") ?? [];
	return {
		...(pid === undefined ? {} : { pid: Number(pid), parent: Number(parent) }),
		...(began === undefined ? {} : { began: Number(began) }),
		...(at === undefined ? {} : { ended: { at: Number(at), how: how ?? "" } }),
	};
}

export function readOr(path: string, otherwise: string): string {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return otherwise;
	}
}

const THERE_MS = 20_000;
const LOOK_EVERY_MS = 5;

/** Asks again and again; undefined when it does not become so. */
export async function eventually<T>(ask: () => T | undefined, limitMs = THERE_MS): Promise<T | undefined> {
	const until = Date.now() + limitMs;
	while (true) {
		const answer = ask();
		if (answer !== undefined || Date.now() > until) return answer;
		await pause(LOOK_EVERY_MS);
	}
}

export function pause(ms: number): Promise<void> {
	return new Promise((go) => setTimeout(go, ms));
}

export type Who = "wrapper" | "recorder" | "command";

/** Waits until it is there; undefined when the run has no such process, or it has ended. */
export function processOf(sitting: Sitting, who: Who): Promise<number | undefined> {
	return eventually(() => {
		const { pid, parent, ended } = notesOf(sitting);
		if (who === "command") return pid;
		if (who === "wrapper") return parent;
		const child = parent === undefined ? undefined : childrenOf(parent).find(isRecorder);
		return child ?? (ended === undefined ? undefined : 0);
	}).then((pid) => (pid === 0 ? undefined : pid));
}

function isRecorder(pid: number): boolean {
	return commandLine(pid).some((word) => word.endsWith("/recorder.js"));
}

/** False when it has come to its end by itself. */
export function signal(pid: number | undefined, name: NodeJS.Signals): boolean {
	if (pid === undefined || !isAlive(pid)) return false;
	try {
		return process.kill(pid, name);
	} catch {
		return false;
	}
}
