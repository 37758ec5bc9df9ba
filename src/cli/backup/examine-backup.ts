/** How the backup's repository has grown, as this machine knows. */
import { existsSync } from "node:fs";
import { readTarget } from "../../backup/remote.ts";
import { CtraceError } from "../../core/errors.ts";
import type { GrowthSums } from "../../store/backup-rows.ts";
import type { LookContext } from "../context.ts";

export interface BackupGrowth extends GrowthSums {
	/** Without a name or a password in it. */
	readonly address: string;
}

const DAY_MS = 86_400_000;
/** What counts as recent. */
export const RECENT_DAYS = 30;

/** Nothing where no backup is set, and before the first one; what is wrong with settings or store, others tell. */
export function examineBackup(context: LookContext): { readonly backup?: BackupGrowth } {
	const { config, now } = context;
	try {
		const target = readTarget(config.backup, "");
		if (target === undefined || !existsSync(config.paths.database)) return {};
		using store = context.openStore();
		const growth = store.backup.readGrowth(target.key, now() - RECENT_DAYS * DAY_MS);
		return growth === undefined ? {} : { backup: { address: target.url, ...growth } };
	} catch (error) {
		if (error instanceof CtraceError) return {};
		throw error;
	}
}
