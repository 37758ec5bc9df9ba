/**
 * The commits that were made in a work tree, from its own log of where HEAD was (`logs/HEAD`, see gitglossary's "reflog"):
 * it knows what was committed here, and not what was fetched. The file is read; no program is run, nothing is locked.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import type { MadeCommit } from "../core/session.ts";
import { findGitDirectory } from "./git-directory.ts";

/** Thousands of steps of HEAD; what is older is no session's that ends now. */
const READ_BYTES = 2 * 1024 * 1024;
/** A session with more of them rewrites a history. */
const MOST_COMMITS = 500;
const SECOND_MS = 1000;

export interface MadeBetween {
	/** Milliseconds since the Unix epoch, both counted in. */
	readonly from: number;
	readonly to: number;
}

/** Oldest first. A directory without a repository, and a repository that keeps no log, have none. */
export function readMadeCommits(cwd: string, between: MadeBetween): MadeCommit[] {
	const directory = findGitDirectory(cwd);
	const log = directory === undefined ? undefined : readEnd(join(directory, "logs", "HEAD"));
	return log === undefined ? [] : madeCommits(log, between);
}

/** `OLD NEW Name <address> SECONDS ZONE<tab>what was done: subject` */
const LINE =
	/^(?<old>[0-9a-f]{40,64}) (?<made>[0-9a-f]{40,64}) .*> (?<seconds>\d+) [+-]\d{4}\t(?<message>.*)$/u;
/** What makes a commit; a checkout, a reset or a fast-forward moves to one that was there. */
const MAKES =
	/^(?:commit(?: \((?<how>initial|amend|merge)\))?|cherry-pick|revert|am|rebase(?: -i)? \((?:pick|reword|edit|squash|fixup|continue)\)): (?<subject>.*)$/u;
const MERGES = /^(?<subject>(?:merge|pull)\b.*): Merge made by\b/u;

/** Of a log's text. A commit that was amended is replaced by what it became. Pure. */
export function madeCommits(log: string, { from, to }: MadeBetween): MadeCommit[] {
	const made = new Map<string, MadeCommit>();
	for (const line of log.split("\n")) {
		const { old, made: commit, seconds, message = "" } = LINE.exec(line)?.groups ?? {};
		if (old === undefined || commit === undefined || old === commit) continue;
		// The log counts whole seconds.
		const at = Number(seconds) * SECOND_MS;
		if (at < from - SECOND_MS || at > to) continue;
		const making = MAKES.exec(message)?.groups ?? MERGES.exec(message)?.groups;
		if (making === undefined) continue;
		if (making.how === "amend") made.delete(old);
		made.set(commit, { commit, at: Math.max(at, from), subject: making.subject ?? "" });
	}
	return [...made.values()].slice(-MOST_COMMITS);
}

/** Undefined where it cannot be read. */
function readEnd(path: string): string | undefined {
	try {
		const file = openSync(path, "r");
		try {
			const { size } = fstatSync(file);
			const bytes = Buffer.alloc(Math.min(size, READ_BYTES));
			const length = readSync(file, bytes, 0, bytes.length, size - bytes.length);
			return bytes.toString("utf8", 0, length);
		} finally {
			closeSync(file);
		}
	} catch {
		return undefined;
	}
}
