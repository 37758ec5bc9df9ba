/** Rebuilds sessions from a backup. What is there already in the same state is left as it is. */
import type { Store } from "../store/store.ts";
import { Repository } from "./git/repository.ts";
import type { GitPlace } from "./git/run-git.ts";
import type { Entry } from "./layout/entry.ts";
import { digestOf, exportPath, readExport } from "./layout/files.ts";
import type { BackupTarget } from "./remote.ts";
import type { MaskSession, ReadSession } from "./session-source.ts";

export interface RestoreTools {
	readonly store: Store;
	readonly target: BackupTarget;
	readonly place: GitPlace;
	readonly read: ReadSession;
	readonly mask: MaskSession;
	/** Milliseconds since the Unix epoch. */
	readonly now: () => number;
	readonly onProgress: (done: number, total: number) => void;
}

export interface RestoreResult {
	readonly restored: number;
	/** Sessions that were here already. */
	readonly kept: number;
	/** Sessions whose files are damaged or of a later version, by their path. */
	readonly damaged: readonly string[];
}

const SESSIONS_AT_ONCE = 200;

/** Throws `GitFailure`; `missing` when there is nothing to restore from. */
export async function restoreBackup(tools: RestoreTools): Promise<RestoreResult> {
	const { store, target, place } = tools;
	const repository = await Repository.open(place, target, tools.now());
	const commit = await repository.fetch();
	if (commit === undefined) return { restored: 0, kept: 0, damaged: [] };
	const entries = await repository.readEntries(commit);
	await repository.bringAll(commit);
	const here = new Set(store.listSessions().map(({ session }) => session.id));
	const wanted = entries.filter(({ id }) => !here.has(id));
	const damaged: string[] = [];
	const same = new Set<string>();
	let done = 0;
	for (let from = 0; from < wanted.length; from += SESSIONS_AT_ONCE) {
		const part = wanted.slice(from, from + SESSIONS_AT_ONCE);
		const texts = await readTexts(repository, commit, part);
		store.transaction(() => {
			for (const [index, entry] of part.entries()) {
				const text = texts[index];
				const outcome = text === undefined ? "damaged" : save(tools, entry, text);
				if (outcome === "damaged") damaged.push(entry.path);
				if (outcome === "same") same.add(entry.id);
			}
		});
		done += part.length;
		tools.onProgress(done, wanted.length);
	}
	// What came unchanged need not be sent again.
	const saved = store.backup.changes(target.key).changed.filter(({ id }) => same.has(id));
	store.backup.noteSaved(target.key, saved);
	return { restored: wanted.length - damaged.length, kept: entries.length - wanted.length, damaged };
}

async function readTexts(
	repository: Repository,
	commit: string,
	entries: readonly Entry[],
): Promise<(string | undefined)[]> {
	const paths = entries.map(({ path, parts: [count] }) =>
		Array.from({ length: count }, (_, index) => exportPath(path, index)),
	);
	const contents = await repository.read(commit, paths.flat());
	let at = 0;
	return paths.map((own) => {
		const pieces = contents.slice(at, at + own.length);
		at += own.length;
		return pieces.every((piece) => piece !== undefined) ? tryRead(pieces) : undefined;
	});
}

function tryRead(pieces: readonly Buffer[]): string | undefined {
	try {
		return readExport(pieces);
	} catch {
		return undefined;
	}
}

function save(
	{ store, read, mask }: RestoreTools,
	entry: Entry,
	json: string,
): "same" | "changed" | "damaged" {
	if (digestOf(json) !== entry.digest) return "damaged";
	try {
		const { session, turns, isChanged } = mask(read(json));
		store.beginSession(session, { pid: 0 });
		for (const turn of turns) store.saveTurn(session.id, turn);
		return isChanged ? "changed" : "same";
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "input") return "damaged";
		throw error;
	}
}
