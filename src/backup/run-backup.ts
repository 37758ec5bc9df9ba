/**
 * Backs up what changed: files are made from the store, put on top of what the other side has now, looked through once
 * more, and sent. When another machine was faster, the same is done on top of what it sent: there is nothing to merge,
 * because every file belongs to one session or follows from the indexes.
 */
import { CtraceError } from "../core/errors.ts";
import type { Store } from "../store/store.ts";
import { GitFailure } from "./git/git-failure.ts";
import { type NewCommit, Repository } from "./git/repository.ts";
import type { GitPlace } from "./git/run-git.ts";
import type { Entry } from "./layout/entry.ts";
import { digestOf, sessionFiles } from "./layout/files.ts";
import { pathOf } from "./layout/paths.ts";
import { planCommit, type WantedSession } from "./plan-commit.ts";
import type { BackupTarget } from "./remote.ts";
import type { FindSecrets, WriteSession } from "./session-source.ts";

export interface BackupTools {
	readonly store: Store;
	readonly target: BackupTarget;
	readonly place: GitPlace;
	readonly write: WriteSession;
	readonly findSecrets: FindSecrets;
	/** Milliseconds since the Unix epoch. */
	readonly now: () => number;
	/** Waits a little, at random, before it is tried again. */
	readonly pause: (attempt: number) => Promise<void>;
	readonly onProgress: (progress: BackupProgress) => void;
}

export interface BackupProgress {
	readonly step: "reading" | "writing" | "sending";
	readonly done: number;
	readonly total: number;
}

export interface BackupOptions {
	/** Looks at every session, whatever is known of earlier backups. */
	readonly isFull?: boolean;
	readonly isDryRun?: boolean;
}

export interface BackupResult {
	readonly saved: number;
	readonly deleted: number;
	readonly bytes: number;
	readonly commits: number;
	/** What the commits add to the repository, as git keeps it: compressed. */
	readonly grownBytes: number;
	/** Of the working copy. */
	readonly repositoryBytes: number;
}

/** Sessions of a commit: enough for few commits, few enough for memory. */
const SESSIONS_AT_ONCE = 500;
/** Machines that back up at the same moment take turns; so many turns is a broken other side. */
const ATTEMPTS = 12;

/** Throws `GitFailure`, and `masking` when the last look finds something: then nothing is sent. */
export async function runBackup(tools: BackupTools, options: BackupOptions = {}): Promise<BackupResult> {
	const { store, target, place } = tools;
	if (options.isFull === true && options.isDryRun !== true) store.backup.forget(target.key);
	const { changed, deleted } = store.backup.changes(target.key);
	if (options.isDryRun === true) return { ...NOTHING, saved: changed.length, deleted: deleted.length };
	if (changed.length === 0 && deleted.length === 0) return NOTHING;
	const repository = await Repository.open(place, target, tools.now());
	let result: BackupResult = NOTHING;
	const rounds = Math.max(1, Math.ceil(changed.length / SESSIONS_AT_ONCE));
	for (let round = 0; round < rounds; round += 1) {
		const part = changed.slice(round * SESSIONS_AT_ONCE, (round + 1) * SESSIONS_AT_ONCE);
		const wanted = part.map(({ id }, index) => {
			tools.onProgress({ step: "writing", done: round * SESSIONS_AT_ONCE + index, total: changed.length });
			return wantedSession(tools, id);
		});
		const gone = round === 0 ? deleted : [];
		const sent = await send(repository, { wanted, gone }, tools);
		store.backup.noteSaved(target.key, part);
		store.backup.noteDeleted(target.key, gone);
		result = plus(result, { ...sent, saved: part.length, deleted: gone.length });
		tools.onProgress({
			step: "sending",
			done: round * SESSIONS_AT_ONCE + part.length,
			total: changed.length,
		});
	}
	await repository.tidy();
	const repositoryBytes = await repository.size();
	const { commits, grownBytes } = result;
	if (commits > 0)
		store.backup.noteGrowth(target.key, {
			at: tools.now(),
			commits,
			bytes: grownBytes,
			copyBytes: repositoryBytes,
		});
	return { ...result, repositoryBytes };
}

const NOTHING: BackupResult = {
	saved: 0,
	deleted: 0,
	bytes: 0,
	commits: 0,
	grownBytes: 0,
	repositoryBytes: 0,
};

function plus(a: BackupResult, b: Omit<BackupResult, "repositoryBytes">): BackupResult {
	return {
		saved: a.saved + b.saved,
		deleted: a.deleted + b.deleted,
		bytes: a.bytes + b.bytes,
		commits: a.commits + b.commits,
		grownBytes: a.grownBytes + b.grownBytes,
		repositoryBytes: a.repositoryBytes,
	};
}

function wantedSession({ store, write, findSecrets }: BackupTools, id: string): WantedSession {
	const stored = store.readSession(id);
	const { title, project, page, json } = write(stored);
	const found = findSecrets({ session: stored.session, turns: stored.turns });
	if (found.length > 0)
		throw new CtraceError(
			"masking",
			`session ${id} holds what today's rules would mask (${found.join(", ")}); nothing was sent`,
			{
				hint: "A backup holds only what the strict rules let pass. Mask the rest: CTRACE_PRIVACY_MODE=strict ctrace privacy audit --remask",
			},
		);
	const { startedAt } = stored.session;
	const path = pathOf({ id, startedAt, title });
	const { files, parts } = sessionFiles(path, { page, json });
	const turns = stored.turns.filter(({ prompt }) => prompt.kind !== "none").length;
	const entry: Entry = {
		id,
		path,
		title,
		project,
		startedAt: new Date(startedAt).toISOString(),
		turns,
		digest: digestOf(json),
		parts,
	};
	return { entry, files };
}

interface Change {
	readonly wanted: readonly WantedSession[];
	readonly gone: readonly string[];
}

/** Until it is there, or the other side says something else than that it has moved on. */
async function send(
	repository: Repository,
	change: Change,
	tools: BackupTools,
): Promise<Pick<BackupResult, "commits" | "bytes" | "grownBytes">> {
	for (let attempt = 0; ; attempt += 1) {
		const parent = await repository.fetch();
		const there = parent === undefined ? [] : await repository.readEntries(parent);
		const plan = planCommit(there, change.wanted, change.gone);
		if (plan === undefined) return { commits: 0, bytes: 0, grownBytes: 0 };
		const commit: NewCommit = {
			message: messageOf(change, tools.target),
			author: tools.target.author,
			at: tools.now(),
			write: plan.write,
			remove: plan.remove,
			...(parent === undefined ? {} : { parent }),
		};
		const made = await repository.commit(commit);
		try {
			await repository.push(made);
			const bytes = plan.write.reduce((sum, { bytes }) => sum + bytes.length, 0);
			return { commits: 1, bytes, grownBytes: await repository.growth(made, parent) };
		} catch (error) {
			if (!(error instanceof GitFailure) || error.kind !== "behind" || attempt + 1 >= ATTEMPTS) throw error;
			await tools.pause(attempt);
		}
	}
}

const NAMED_SESSIONS = 20;

function messageOf({ wanted, gone }: Change, { machine }: BackupTarget): string {
	const count = (number: number) => `${number} session${number === 1 ? "" : "s"}`;
	const [only] = wanted;
	const head =
		wanted.length === 1 && gone.length === 0 && only !== undefined
			? `Session: ${only.entry.title || only.entry.id}`.slice(0, 72)
			: [
					wanted.length > 0 ? `Save ${count(wanted.length)}` : "",
					gone.length > 0 ? `Remove ${count(gone.length)}` : "",
				]
					.filter((part) => part !== "")
					.join(", ");
	const named = wanted
		.slice(0, NAMED_SESSIONS)
		.map(({ entry }) => `- ${entry.startedAt.slice(0, 10)} ${entry.title || entry.id}`);
	if (wanted.length > NAMED_SESSIONS) named.push("- …");
	return [head, "", ...named, "", `Machine: ${machine}`, ""].join("\n");
}
