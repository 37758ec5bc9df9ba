/** Directories and files of ctrace's own: there, ours alone, and writable? */
import { accessSync, constants, type Stats, statSync } from "node:fs";
import type { Paths } from "../../config/paths.ts";
import type { PathReport, Problem } from "./report.ts";

/** Permission bits of group and others. */
const FOR_OTHERS = 0o077;
const PERMISSIONS = 0o777;

interface Inspected {
	readonly paths: readonly PathReport[];
	readonly problems: readonly Problem[];
}

export function inspectPaths(paths: Paths, keyFile: string): Inspected {
	const wanted: readonly (readonly [name: string, path: string])[] = [
		["data", paths.data],
		["database", paths.database],
		["state", paths.state],
		["pseudonym key", keyFile],
		["settings", paths.dotenv],
	];
	const inspected = wanted.map(([name, path]) => inspect(name, path));
	return {
		paths: inspected.map((one) => one.report),
		problems: inspected.flatMap((one) => one.problems),
	};
}

function inspect(name: string, path: string): { readonly report: PathReport; readonly problems: Problem[] } {
	const stats = statOf(path);
	if (stats === undefined) return { report: { name, path, state: "absent" }, problems: [] };
	if (stats === "denied") {
		const what = `${path} may not be looked at`;
		return {
			report: { name, path, state: "wrong" },
			problems: [{ area: "files", what, hint: ownerHint(path) }],
		};
	}
	const mode = (stats.mode & PERMISSIONS).toString(8).padStart(4, "0");
	const problems = [...openToOthers(path, stats), ...notOurs(path)];
	return { report: { name, path, state: problems.length === 0 ? "ok" : "wrong", mode }, problems };
}

function statOf(path: string): Stats | "denied" | undefined {
	try {
		return statSync(path, { throwIfNoEntry: false });
	} catch (error) {
		const code = error instanceof Error && "code" in error ? error.code : undefined;
		return code === "ENOTDIR" ? undefined : "denied";
	}
}

function openToOthers(path: string, stats: Stats): Problem[] {
	if ((stats.mode & FOR_OTHERS) === 0) return [];
	const mode = stats.isDirectory() ? "700" : "600";
	return [{ area: "files", what: `other users may read ${path}`, hint: `chmod ${mode} ${quote(path)}` }];
}

function notOurs(path: string): Problem[] {
	try {
		accessSync(path, constants.R_OK | constants.W_OK);
		return [];
	} catch {
		return [{ area: "files", what: `${path} cannot be read and written`, hint: ownerHint(path) }];
	}
}

function ownerHint(path: string): string {
	return `See who owns it: ls -ld ${quote(path)}`;
}

function quote(path: string): string {
	return /^[\w./@:+-]+$/u.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
