/** What commands seldom need, in files of their own that are read with the first call. */
import { createHash, randomBytes } from "node:crypto";
import type { Config } from "../config/config.ts";
import { openPseudonymKey } from "../config/pseudonym-key.ts";
import type { LookContext, PatternParts } from "./context.ts";

export interface LoaderSources {
	readonly config: Config;
	readonly env: Record<string, string | undefined>;
	readonly home: string;
	/** The directory `patterns`. */
	readonly patterns: string;
	readonly signal: () => AbortSignal;
}

const MACHINE_CHARS = 8;

export function createLoaders(
	sources: LoaderSources,
): Pick<LookContext, "loadModel" | "loadBackup" | "tryProject" | "tryRemote"> {
	const { config, env, home, signal } = sources;
	return {
		loadModel: async (model) => {
			const { openModel } = await import("./insights/open-model.ts");
			return openModel(config, { model, env });
		},
		tryProject: async (project) => {
			const { tryProject } = await import("../sync/try-project.ts");
			return tryProject(project, fetch);
		},
		tryRemote: async (choices) => {
			const { tryBackup } = await import("./backup/try-backup.ts");
			await tryBackup(choices, { config, env, signal: signal() });
		},
		loadBackup: async (from) => {
			const { openBackup } = await import("./backup/open-backup.ts");
			const { openMasker } = await loadPatterns(sources);
			const parts = {
				config,
				env,
				home,
				machine: nameMachine(config),
				strict: () => openMasker("strict").masker,
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

/** Reads the part of the program that reads `patterns/`. */
export async function loadPatterns({ config, env, patterns }: LoaderSources): Promise<PatternParts> {
	const { createPatternParts } = await import("./pattern-parts.ts");
	return createPatternParts({ config, env, patterns, cwd: process.cwd(), randomBytes });
}
