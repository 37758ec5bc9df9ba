/** What ctrace keeps on disk, by name: anything else in its folders is somebody else's, and is left where it lies. */
import { lstatSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Paths } from "../../config/paths.ts";

type Folder = "config" | "data" | "state" | "cache";

/** Whoever writes a new file names it here, too. */
const OWN_NAMES: Readonly<Record<Folder, RegExp>> = {
	config: /^(?:\.env(?:\.draft)?|privacy\.yml|shell)$/,
	data: /^(?:ctrace\.db(?:-wal|-shm|-journal|\.encrypted|\.draft|\.old)?|backup)$/,
	state:
		/^(?:pseudonym\.key(?:\.[0-9a-f]+)?|starting|unrecorded|daemon|logs|supabase-session\.json(?:\.\d+\.new)?)$/,
	cache: /^$/,
};
/** What the daemon leaves, and nobody misses. */
const DAEMON_NAMES: readonly string[] = ["daemon", "logs"];

/** Sessions, settings, key: all of it. Gives what lies there and is not ours. */
export function removeOwnFiles(paths: Paths): string[] {
	const folders = ["config", "data", "state", "cache"] as const;
	const left = folders.flatMap((folder) => {
		const path = paths[folder];
		for (const name of namesIn(path))
			if (OWN_NAMES[folder].test(name)) rmSync(join(path, name), { recursive: true, force: true });
		return removeIfEmpty(path) ? [] : namesIn(path).map((name) => join(path, name));
	});
	if (new Set(folders.map((folder) => dirname(paths[folder]))).size === 1) removeIfEmpty(dirname(paths.data));
	return left;
}

export function removeDaemonFiles(paths: Paths): void {
	for (const name of DAEMON_NAMES) rmSync(join(paths.state, name), { recursive: true, force: true });
	removeIfEmpty(join(paths.config, "shell"));
}

/** A link to a folder is not followed: what it leads to was made by somebody else. */
function namesIn(path: string): string[] {
	return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? readdirSync(path) : [];
}

/** True when nothing is there any more. */
function removeIfEmpty(path: string): boolean {
	if (namesIn(path).length > 0) return false;
	const stats = lstatSync(path, { throwIfNoEntry: false });
	if (stats?.isDirectory() === true) rmdirSync(path);
	return stats === undefined || stats.isDirectory();
}
