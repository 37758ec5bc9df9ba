/** The backup as the settings have it. Loaded only by those that back up or restore. */

import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { refusePublic } from "../../backup/ask-host.ts";
import type { GitPlace } from "../../backup/git/run-git.ts";
import { type BackupTarget, readTarget } from "../../backup/remote.ts";
import { type RestoreResult, restoreBackup } from "../../backup/restore.ts";
import { rewriteHistory } from "../../backup/rewrite-history.ts";
import {
	type BackupOptions,
	type BackupProgress,
	type BackupResult,
	type BackupTools,
	runBackup,
} from "../../backup/run-backup.ts";
import type { FindSecrets, MaskSession, WriteSession } from "../../backup/session-source.ts";
import type { Config } from "../../config/config.ts";
import { CtraceError } from "../../core/errors.ts";
import { shortenHome } from "../../core/home.ts";
import type { Masker } from "../../masking/masker.ts";
import { exportV1 } from "../../store/export-v1.ts";
import { importV1 } from "../../store/import-v1.ts";
import type { Store } from "../../store/store.ts";
import { renderMarkdown } from "../render/markdown-export.ts";
import { sessionTitle } from "../render/session-facts.ts";
import { oneLine, truncate } from "../text/fit.ts";

export interface BackupParts {
	readonly config: Config;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly home: string;
	/** A digest that names this machine and says nothing of it. */
	readonly machine: string;
	/** With the strict rules, whatever the mode. */
	readonly strict: () => Masker;
	readonly signal: AbortSignal;
	readonly chance: () => number;
}

export interface BackupKit {
	readonly target: BackupTarget;
	/** Throws `permission` when everybody can read the repository. */
	run(
		store: Store,
		options: BackupOptions & {
			readonly mayBePublic: boolean;
			readonly onProgress: (progress: BackupProgress) => void;
		},
	): Promise<BackupResult>;
	restore(store: Store, onProgress: (done: number, total: number) => void): Promise<RestoreResult>;
	rewrite(store: Store): Promise<number>;
}

const TITLE_COLUMNS = 100;
const PAUSE_MS = 400;
/** Pages have no zone of their own: the same on every machine. */
const TIME_ZONE = "UTC";

/** Throws `config` when no backup is set. `from`: instead of the settings' address. */
export function openBackup(parts: BackupParts, from?: string): BackupKit {
	const { config } = parts;
	const settings = from === undefined ? config.backup : { ...config.backup, remote: from };
	const target = readTarget(settings, parts.machine);
	if (target === undefined)
		throw new CtraceError("config", "no backup is set", {
			hint: "Put GITHUB_REPO=org/repo and GITHUB_TOKEN, or CTRACE_BACKUP_REMOTE=ADDRESS, into the .env of ctrace's configuration directory.",
		});
	const place: GitPlace = {
		directory: join(config.paths.data, "backup", target.key),
		env: parts.env,
		signal: parts.signal,
		...(target.token === undefined ? {} : { token: target.token }),
	};
	return {
		target,
		run: async (store, { mayBePublic, onProgress, ...options }) => {
			const host = { fetch, apiUrl: config.backup.githubApiUrl, signal: parts.signal };
			if (!mayBePublic && options.isDryRun !== true) await refusePublic(target, host);
			return await runBackup(toolsOf(parts, { store, target, place, onProgress }), options);
		},
		restore: (store, onProgress) =>
			restoreBackup({
				store,
				target,
				place,
				read: importV1,
				mask: maskWith(parts.strict()),
				now: () => Date.now(),
				onProgress,
			}),
		rewrite: async (store) => {
			const count = await rewriteHistory(target, place, () => Date.now());
			store.backup.forgetGrowth(target.key);
			return count;
		},
	};
}

function toolsOf(
	parts: BackupParts,
	own: Pick<BackupTools, "store" | "target" | "place" | "onProgress">,
): BackupTools {
	return {
		...own,
		write: writeWith(parts.home),
		findSecrets: findWith(parts.strict()),
		now: () => Date.now(),
		pause: (attempt) =>
			wait(PAUSE_MS * 2 ** Math.min(attempt, 5) * parts.chance(), undefined, { signal: parts.signal }),
	};
}

export function writeWith(home: string): WriteSession {
	return ({ session, turns }) => {
		const title = oneLine(truncate(sessionTitle(session, turns), TITLE_COLUMNS));
		const page =
			frontMatter(session, turns.length, title) +
			renderMarkdown(session, turns, { home, timeZone: TIME_ZONE });
		const json = `${JSON.stringify(exportV1(session, turns, { home }), undefined, 1)}\n`;
		return { title, project: shortenHome(session.cwd, home), page, json };
	};
}

/** JSON strings are YAML strings. */
function frontMatter(session: Parameters<typeof exportV1>[0], turns: number, title: string): string {
	const facts: readonly (readonly [string, unknown])[] = [
		["id", session.id],
		["title", title],
		["agent", session.agent],
		["version", session.agentVersion],
		["project", session.cwd],
		["branch", session.git?.branch],
		["started", new Date(session.startedAt).toISOString()],
		["ended", session.endedAt === undefined ? undefined : new Date(session.endedAt).toISOString()],
		["status", session.status],
		["turns", turns],
		["cost_usd", session.usage?.costUsd],
	];
	const lines = facts
		.filter(([, value]) => value !== undefined)
		.map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
	return `---\n${lines.join("\n")}\n---\n\n`;
}

/**
 * Field by field, as it was masked when it was stored: what stands together only in a file is no finding. Ids are no text: one in
 * many has the form of an account number.
 */
export function findWith(masker: Masker): FindSecrets {
	return ({ session, turns }) => {
		const { id: _id, agentSessionIds: _ids, ...facts } = session;
		const texts = turns.map(({ prompt, items }) => ({ prompt, items }));
		const parts = [masker.mask(facts), ...texts.map((text) => masker.mask(text))];
		return [...new Set(parts.flatMap(({ counts }) => Object.keys(counts)))];
	};
}

export function maskWith(masker: Masker): MaskSession {
	return ({ session, turns }) => {
		const masked = masker.mask(session);
		const all = turns.map((turn) => masker.mask(turn));
		const isChanged = [masked, ...all].some(({ counts }) => Object.keys(counts).length > 0);
		return { session: masked.value, turns: all.map(({ value }) => value), isChanged };
	};
}
