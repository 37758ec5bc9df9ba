/** How ctrace does, for the page: what `ctrace status`, `sync status` and `doctor` tell, without what takes long. */
import { dirname, join } from "node:path";
import type { Store } from "../../store/store.ts";
import { readPause, readSuccess } from "../../sync/sync-notes.ts";
import type { StatusAnswer } from "../../web/api/status.ts";
import type { CliContext } from "../context.ts";
import { type DaemonReport, examineDaemon } from "../daemon/examine-daemon.ts";
import { examineStanding, toVersionReport, unfamiliar } from "../doctor/examine.ts";
import type { Problem } from "../doctor/report.ts";
import { examineTranscripts } from "../doctor/transcripts.ts";
import { examineBackup } from "./backup-status.ts";
import { bytesBelow, freeSpace } from "./disk-space.ts";

export async function examineForWeb(context: CliContext, store: Store): Promise<StatusAnswer> {
	const counts = store.browse.countAll();
	const files = store.browse.describe();
	const standing = examineStanding(context, counts.sessions);
	const daemon = await examineDaemon(await context.daemon(), context);
	const sync = await examineSync(context, store);
	const { backup, problems: backupProblems } = examineBackup(context, store, daemon);
	const versions = store.recognitionByVersion().map(toVersionReport);
	const transcripts = examineTranscripts(context, (id) => store.transcripts.sessionsOf(id).length > 0);
	const problems = [
		...standing.pathProblems,
		...standing.problems,
		...versions.filter((version) => version.isUnfamiliar).map(unfamiliar),
		...daemon.problems,
		...syncProblems(sync),
		...backupProblems,
	];
	return {
		ok: problems.length === 0,
		problems: problems.map(({ what, hint }) => ({ what, hint })),
		versions: { ctrace: context.version, node: context.nodeVersion, sqlite: files.sqliteVersion },
		daemon: daemonAnswer(daemon),
		sync,
		backup,
		storage: {
			path: store.path,
			databaseBytes: files.fileBytes,
			logBytes: files.logBytes,
			backupBytes: bytesBelow(join(context.config.paths.data, "backup")),
			...freeSpace(dirname(store.path)),
			schemaVersion: files.schemaVersion,
			...counts,
		},
		...(transcripts === undefined ? {} : { transcripts }),
		recognition: versions,
	};
}

function daemonAnswer({ running, daemon }: DaemonReport): StatusAnswer["daemon"] {
	if (daemon === undefined) return { running, components: [] };
	return {
		running,
		pid: daemon.pid,
		version: daemon.version,
		startedAt: isoTime(daemon.startedAt),
		memoryBytes: daemon.totalMemoryBytes ?? daemon.memoryBytes,
		cpuMs: daemon.cpuMs,
		components: daemon.components.map(({ name, summary, phase, runs, failures, ...rest }) => ({
			name,
			summary,
			phase,
			runs,
			failures,
			...(rest.lastSuccess === undefined ? {} : { lastSuccessAt: isoTime(rest.lastSuccess.at) }),
			...(rest.nextRunAt === undefined ? {} : { nextRunAt: isoTime(rest.nextRunAt) }),
			...(rest.queue === undefined ? {} : { queue: rest.queue }),
			...(rest.problem === undefined ? {} : { problem: rest.problem }),
		})),
	};
}

export async function examineSync(context: CliContext, store: Store): Promise<StatusAnswer["sync"]> {
	const project = context.config.supabase;
	const who = project === undefined ? undefined : (await context.loadSync()).signIn.who();
	const success = readSuccess(store.sync);
	const pause = readPause(store.sync);
	return {
		...(project === undefined ? {} : { url: project.url }),
		...(who === undefined ? {} : { account: who.email }),
		waiting: store.sync.outbox.counts(),
		...(success === undefined ? {} : { lastSuccessAt: isoTime(success) }),
		...(pause === undefined ? {} : { lastError: pause.reason, nextTryAt: isoTime(pause.until) }),
	};
}

export function syncProblems({
	url,
	account,
	lastError,
	waiting,
}: StatusAnswer["sync"]): Omit<Problem, "area">[] {
	if (url === undefined) return [];
	const problems: Omit<Problem, "area">[] = [];
	if (account === undefined)
		problems.push({
			what: `nobody is signed in to ${url}: nothing is sent`,
			hint: "Sign in: ctrace login EMAIL",
		});
	if (lastError !== undefined)
		problems.push({
			what: `the last sync failed: ${lastError}`,
			hint: "It tries again by itself. Now: ctrace sync",
		});
	if (waiting.setAside > 0)
		problems.push({
			what: `${waiting.setAside} changes could not be sent and were set aside`,
			hint: "Why, says: ctrace sync status. Give them another chance: ctrace sync --retry",
		});
	return problems;
}

function isoTime(ms: number): string {
	return new Date(ms).toISOString();
}
