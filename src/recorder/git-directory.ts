/** Where a repository's own files lie; they are read, and no program is run. */
import { readFileSync, statSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";

/** Directories walked up before giving up: deeper trees than this have no repository above them. */
const MAX_LEVELS = 64;

/** Of the work tree that holds `cwd`; undefined: none does. */
export function findGitDirectory(cwd: string): string | undefined {
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
	const named = /^gitdir: (?<path>.+)$/mu.exec(readGitFile(path) ?? "")?.groups?.path;
	if (named === undefined) return undefined;
	return isAbsolute(named) ? named : join(dirname(path), named);
}

/** What all work trees of a repository share. */
export function commonDirectory(directory: string): string {
	const named = readGitFile(join(directory, "commondir"))?.trim();
	if (named === undefined) return directory;
	return isAbsolute(named) ? named : join(directory, named);
}

export function readGitFile(path: string): string | undefined {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return undefined; // a repository in an odd state tells less, and nothing fails
	}
}
