/** What a commit changes: sessions to be written and taken away, on top of the indexes that are there. Pure. */
import { byStart, type Entry, renderIndex } from "./layout/entry.ts";
import { pathsOf, type RepositoryFile } from "./layout/files.ts";
import {
	monthIndexPath,
	monthPagePath,
	projectPagePath,
	README_PATH,
	renderMonthPage,
	renderProjectPage,
	renderReadme,
} from "./layout/pages.ts";

export interface WantedSession {
	readonly entry: Entry;
	readonly files: readonly RepositoryFile[];
}

export interface CommitPlan {
	readonly write: readonly RepositoryFile[];
	readonly remove: readonly string[];
	/** The indexes after it. */
	readonly entries: readonly Entry[];
}

/** Undefined when nothing would change. */
export function planCommit(
	there: readonly Entry[],
	wanted: readonly WantedSession[],
	deleted: readonly string[],
): CommitPlan | undefined {
	const known = new Map(there.map((entry) => [entry.id, entry]));
	const changed = wanted.filter(({ entry }) => !isSame(known.get(entry.id), entry));
	const gone = deleted.flatMap((id) => known.get(id) ?? []);
	if (changed.length === 0 && gone.length === 0) return undefined;
	const after = new Map(known);
	for (const { entry } of changed) after.set(entry.id, entry);
	for (const { id } of gone) after.delete(id);
	const entries = [...after.values()].sort(byStart);
	const touched = [...changed.flatMap(({ entry }) => [entry, known.get(entry.id) ?? entry]), ...gone];
	const pages = indexFiles(entries, touched);
	const write = [...changed.flatMap(({ files }) => files), ...pages.write];
	const written = new Set(write.map(({ path }) => path));
	const old = [...changed.flatMap(({ entry }) => known.get(entry.id) ?? []), ...gone].flatMap(pathsOf);
	return { write, remove: [...old, ...pages.remove].filter((path) => !written.has(path)), entries };
}

function isSame(a: Entry | undefined, b: Entry): boolean {
	return a !== undefined && JSON.stringify(a) === JSON.stringify(b);
}

/** The months and projects of the touched sessions, anew. */
function indexFiles(
	entries: readonly Entry[],
	touched: readonly Entry[],
): { readonly write: RepositoryFile[]; readonly remove: string[] } {
	const months = group(entries, ({ startedAt }) => startedAt.slice(0, 7));
	const projects = group(entries, ({ project }) => projectPagePath(project));
	const write: RepositoryFile[] = [];
	const remove: string[] = [];
	const put = (path: string, text: string | undefined) => {
		if (text === undefined) remove.push(path);
		else write.push({ path, bytes: Buffer.from(text) });
	};
	for (const month of new Set(touched.map(({ startedAt }) => startedAt.slice(0, 7)))) {
		const own = months.get(month);
		put(monthIndexPath(month), own === undefined ? undefined : renderIndex(own));
		put(monthPagePath(month), own === undefined ? undefined : renderMonthPage(month, own));
	}
	for (const path of new Set(touched.map(({ project }) => projectPagePath(project)))) {
		const own = projects.get(path);
		put(path, own === undefined ? undefined : renderProjectPage(own));
	}
	put(README_PATH, renderReadme([...months.keys()], [...projects.keys()]));
	return { write, remove };
}

function group(entries: readonly Entry[], keyOf: (entry: Entry) => string): Map<string, Entry[]> {
	const groups = new Map<string, Entry[]>();
	for (const entry of entries) {
		const own = groups.get(keyOf(entry));
		if (own === undefined) groups.set(keyOf(entry), [entry]);
		else own.push(entry);
	}
	return groups;
}
