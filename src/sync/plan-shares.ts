/** With whom a session is shared: nobody, unless it, its project or a setting says otherwise. Pure. */
import type { Cells, ShareRule } from "../store/sync-store.ts";

/** The nearest word counts: the session's own, the deepest directory, the remote repository, the setting. */
export function teamOf(
	session: { readonly id: string; readonly cells: Cells },
	rules: readonly ShareRule[],
	usual: string | undefined,
): string | null {
	const cwd = String(session.cells.cwd ?? "");
	const remote = remoteOf(session.cells);
	const own = rules.find((rule) => rule.kind === "session" && rule.value === session.id);
	const directory = rules
		.filter((rule) => rule.kind === "directory" && isBelow(cwd, rule.value))
		.sort((a, b) => b.value.length - a.value.length)[0];
	const repository = rules.find((rule) => rule.kind === "remote" && remote !== "" && rule.value === remote);
	const rule = own ?? directory ?? repository;
	return (rule === undefined ? usual : rule.teamId) ?? null;
}

/** One repository has many addresses: `git@host:a/b.git`, `https://user@host/a/b`, `ssh://git@host/a/b`. */
export function plainRemote(address: string): string {
	const trimmed = address
		.trim()
		.replace(/\/+$/, "")
		.replace(/\.git$/i, "");
	const scp = /^(?:[^@/]+@)?([^:/]+):(?!\/\/)(.+)$/.exec(trimmed);
	if (scp !== null) return `${scp[1]}/${scp[2]}`.toLowerCase();
	return trimmed
		.replace(/^[a-z][a-z0-9+.-]*:\/\//i, "")
		.replace(/^[^@/]+@/, "")
		.toLowerCase();
}

function remoteOf(cells: Cells): string {
	if (typeof cells.git !== "string") return "";
	const git: unknown = JSON.parse(cells.git);
	const remote = typeof git === "object" && git !== null && "remote" in git ? git.remote : undefined;
	return typeof remote === "string" ? plainRemote(remote) : "";
}

function isBelow(path: string, directory: string): boolean {
	return path === directory || path.startsWith(directory === "/" ? "/" : `${directory}/`);
}
