/** Which branch and commit the command was started at, read from the repository's own files: no program is run. */
import { readFileSync, statSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import type { GitState } from "../core/session.ts";

/** Directories walked up before giving up: deeper trees than this have no repository above them. */
const MAX_LEVELS = 64;

export function readGitState(cwd: string): GitState | undefined {
	const directory = findGitDirectory(cwd);
	const head = directory === undefined ? undefined : read(join(directory, "HEAD"))?.trim();
	if (directory === undefined || head === undefined) return undefined;
	const common = commonDirectory(directory);
	const reference = /^ref: (?<name>\S+)$/u.exec(head)?.groups?.name;
	const commit = reference === undefined ? head : resolveReference(common, directory, reference);
	const remote = readRemote(read(join(common, "config")));
	return {
		...(remote === undefined ? {} : { remote }),
		...(reference === undefined ? {} : { branch: reference.replace(/^refs\/heads\//u, "") }),
		...(commit === undefined ? {} : { commit }),
	};
}

function findGitDirectory(cwd: string): string | undefined {
	let at = cwd;
	for (let level = 0; level < MAX_LEVELS; level++) {
		const found = asGitDirectory(join(at, ".git"));
		if (found !== undefined) return found;
		if (dirname(at) === at) return undefined;
		at = dirname(at);
	}
	return undefined;
}

/** A work tree beside the main one has a file that names its directory. */
function asGitDirectory(path: string): string | undefined {
	const stats = statSync(path, { throwIfNoEntry: false });
	if (stats?.isDirectory() === true) return path;
	if (stats?.isFile() !== true) return undefined;
	const named = /^gitdir: (?<path>.+)$/mu.exec(read(path) ?? "")?.groups?.path;
	if (named === undefined) return undefined;
	return isAbsolute(named) ? named : join(dirname(path), named);
}

function commonDirectory(directory: string): string {
	const named = read(join(directory, "commondir"))?.trim();
	if (named === undefined) return directory;
	return isAbsolute(named) ? named : join(directory, named);
}

function resolveReference(common: string, directory: string, reference: string): string | undefined {
	const loose = read(join(directory, reference)) ?? read(join(common, reference));
	if (loose !== undefined) return loose.trim();
	const packed = read(join(common, "packed-refs"))
		?.split("\n")
		.find((line) => line.endsWith(` ${reference}`));
	return packed?.split(" ")[0];
}

function readRemote(config: string | undefined): string | undefined {
	return /^\[remote "origin"\]$[^[]*?^\s*url = (?<url>.+)$/mu.exec(config ?? "")?.groups?.url?.trim();
}

function read(path: string): string | undefined {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return undefined; // a repository in an odd state tells less, and nothing fails
	}
}
