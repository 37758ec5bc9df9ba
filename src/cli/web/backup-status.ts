/** How the backup stands, from what the settings, the store and the daemon say of it. Asks no other machine. */
import { type BackupTarget, readTarget } from "../../backup/remote.ts";
import { CtraceError } from "../../core/errors.ts";
import type { Store } from "../../store/store.ts";
import type { StatusAnswer } from "../../web/api/status.ts";
import type { CliContext } from "../context.ts";
import type { DaemonReport } from "../daemon/examine-daemon.ts";
import type { Problem } from "../doctor/report.ts";

const COMPONENT = "backup";
const NONE = { saved: 0, waiting: 0, deletions: 0 } as const;

export interface ExaminedBackup {
	readonly backup: StatusAnswer["backup"];
	readonly problems: readonly Omit<Problem, "area">[];
}

export function examineBackup(
	context: Pick<CliContext, "config">,
	store: Pick<Store, "backup">,
	daemon: DaemonReport,
): ExaminedBackup {
	try {
		const target = readTarget(context.config.backup, "");
		if (target === undefined) return { backup: NONE, problems: [] };
		return { backup: standingOf(target, { context, store, daemon }), problems: [] };
	} catch (error) {
		if (!(error instanceof CtraceError)) throw error;
		const hint = error.hint ?? "See docs/backup.md: how to set one.";
		return { backup: NONE, problems: [{ what: `the backup cannot be made: ${error.message}`, hint }] };
	}
}

function standingOf(
	{ url, branch, key }: BackupTarget,
	from: {
		readonly context: Pick<CliContext, "config">;
		readonly store: Pick<Store, "backup">;
		readonly daemon: DaemonReport;
	},
): StatusAnswer["backup"] {
	const { saved, waiting, deleted } = from.store.backup.counts(key);
	const { intervalSeconds } = from.context.config.backup;
	const { running, lastSuccessAt, lastError } = saidOf(from.daemon);
	return {
		address: url,
		branch,
		saved,
		waiting,
		deletions: deleted,
		...(running && intervalSeconds > 0 ? { everyMs: intervalSeconds * 1000 } : {}),
		...(lastSuccessAt === undefined ? {} : { lastSuccessAt: new Date(lastSuccessAt).toISOString() }),
		...(lastError === undefined ? {} : { lastError }),
	};
}

/** From the daemon that runs, else from what the last one left behind. */
function saidOf({ running, daemon, last }: DaemonReport): {
	readonly running: boolean;
	readonly lastSuccessAt?: number | undefined;
	readonly lastError?: string | undefined;
} {
	const own = daemon?.components.find(({ name }) => name === COMPONENT);
	if (own !== undefined) return { running, lastSuccessAt: own.lastSuccess?.at, lastError: own.problem?.what };
	return { running, lastSuccessAt: last?.components[COMPONENT]?.lastSuccess?.at };
}
