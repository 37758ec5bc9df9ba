/** Hands paths to the import, with all that it asks of the machine. */
import { randomBytes } from "node:crypto";
import { homedir } from "node:os";
import { fileURLToPath } from "node:url";
import { currentBootId } from "../../config/boot.ts";
import type { Config } from "../../config/config.ts";
import { importRecordings } from "../../import/import-recordings.ts";
import { createFindKey } from "../../store/encryption/find-key.ts";
import { MACHINE } from "../machine.ts";
import { realDirectory } from "./plan-now.ts";

/** Beside the bundle: what a secret looks like. */
const PATTERNS = fileURLToPath(new URL("../patterns", import.meta.url));

export interface ToBringIn {
	readonly config: Config;
	readonly projectDir: string;
	readonly paths: readonly string[];
	readonly isCancelled: () => boolean;
}

export interface BroughtIn {
	/** Sessions that are new or have grown. */
	readonly imported: number;
	readonly turns: number;
	/** Files that could not be read. */
	readonly failed: number;
	readonly isCancelled: boolean;
}

export async function bringIn({ config, projectDir, paths, isCancelled }: ToBringIn): Promise<BroughtIn> {
	const bootId = currentBootId(MACHINE);
	let imported = 0;
	let turns = 0;
	const { failures, isCancelled: wasCancelled } = await importRecordings(
		{
			paths: config.paths,
			patterns: PATTERNS,
			env: process.env,
			clock: { now: () => Date.now() },
			randomBytes: (count) => randomBytes(count),
			privacyMode: config.privacyMode,
			findKey: createFindKey({ passphrase: config.passphrase, isKeychainUsed: config.keychain }),
			projectDir,
			home: realDirectory(homedir()),
			recorder: { pid: process.pid, ...(bootId === undefined ? {} : { bootId }) },
		},
		{
			paths,
			onProgress: () => {},
			onOutcome: (outcome) => {
				if (outcome.kind !== "imported") return;
				imported += 1;
				turns += outcome.turns;
			},
			isCancelled,
		},
	);
	return { imported, turns, failed: failures.length, isCancelled: wasCancelled };
}
