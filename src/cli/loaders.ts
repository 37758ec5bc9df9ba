/** What commands seldom need, in files of their own that are read with the first call. */
import { createHash, randomBytes } from "node:crypto";
import type { Config } from "../config/config.ts";
import { openPseudonymKey } from "../config/pseudonym-key.ts";
import { loadMeasureMarks } from "../patterns/load-measure-marks.ts";
import { loadPrices } from "../patterns/load-prices.ts";
import { loadTranscriptMarks } from "../patterns/load-transcript-marks.ts";
import type { CliContext } from "./context.ts";
import { openMasker } from "./open-masker.ts";

export interface LoaderSources {
	readonly config: Config;
	readonly env: Record<string, string | undefined>;
	readonly home: string;
	/** The directory `patterns`. */
	readonly patterns: string;
	readonly signal: () => AbortSignal;
}

const MACHINE_CHARS = 8;

export function createLoaders(sources: LoaderSources): Pick<CliContext, "loadModel" | "loadBackup"> {
	const { config, env, home, signal } = sources;
	return {
		loadModel: async (model) => {
			const { openModel } = await import("./insights/open-model.ts");
			return openModel(config, { model, env });
		},
		loadBackup: async (from) => {
			const { openBackup } = await import("./backup/open-backup.ts");
			const parts = {
				config,
				env,
				home,
				machine: nameMachine(config),
				strict: () => strictMasker(sources),
				signal: signal(),
				chance: Math.random,
			};
			return openBackup(parts, from);
		},
	};
}

/** The same for this installation, and saying nothing of it. */
function nameMachine({ paths }: Config): string {
	const key = openPseudonymKey(paths.state, randomBytes);
	return createHash("sha256").update("machine").update(key).digest("hex").slice(0, MACHINE_CHARS);
}

function strictMasker({ config, env, patterns }: LoaderSources) {
	const cwd = process.cwd();
	return openMasker({ config, patterns: `${patterns}/secrets`, cwd, env, randomBytes }, "strict").masker;
}

/** What `patterns/` says besides what a secret and a screen look like. */
export function patternData(patterns: string): Pick<CliContext, "noModels" | "measureMarks" | "prices"> {
	return {
		noModels: () => loadTranscriptMarks(`${patterns}/transcripts.yml`).noModels,
		measureMarks: () => loadMeasureMarks(`${patterns}/measures.yml`),
		prices: () => loadPrices(`${patterns}/prices.yml`),
	};
}
