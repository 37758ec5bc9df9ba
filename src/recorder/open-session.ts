/** One session's stages put together, for whoever has events: a live recorder, or an import of recordings. */
import type { Paths } from "../config/paths.ts";
import { createDigest, createTag, openPseudonymKey } from "../config/pseudonym-key.ts";
import type { Clock, RandomBytes } from "../core/clock.ts";
import { createIdMaker, type IdMaker } from "../core/ids.ts";
import type { Look } from "../core/look.ts";
import { once } from "../core/once.ts";
import { selectKnownValues } from "../masking/known-values.ts";
import { createLinearMatcher } from "../masking/linear-matcher.ts";
import { createMasker, type Masker } from "../masking/masker.ts";
import { parsePrivacyMode } from "../masking/privacy-mode.ts";
import { loadLook } from "../patterns/load-looks.ts";
import { loadPrices } from "../patterns/load-prices.ts";
import { loadPrivacyRules, stampPrivacyFiles } from "../patterns/load-privacy.ts";
import { loadSecretRules } from "../patterns/load-secrets.ts";
import { loadTranscriptMarks } from "../patterns/load-transcript-marks.ts";
import type { FindKey } from "../store/encryption/database-key.ts";
import { openStore } from "../store/open-store.ts";
import type { Store } from "../store/store.ts";
import type { ReadingTools } from "../transcripts/reading/agent-reader.ts";
import { type PipelineParts, SessionPipeline } from "./session-pipeline.ts";
import { toStored } from "./store-responses.ts";
import { createWatchedMasker } from "./watched-masker.ts";

export interface StageOptions {
	readonly paths: Pick<Paths, "privacy" | "state" | "database">;
	/** The directory that holds `secrets` and `claude-code`. */
	readonly patterns: string;
	/** Values of it that are secrets are masked wherever they turn up. */
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly clock: Clock;
	readonly randomBytes: RandomBytes;
	/** How much is masked, in the person's word; everything when it is none. */
	readonly privacyMode: string | undefined;
	/** Of an encrypted database. */
	readonly findKey?: FindKey;
	/** Where the command runs: its `.ctrace.yml` may add patterns. */
	readonly projectDir: string;
}

/** What all sessions of one process share. Whoever opens them closes the store. */
export interface Stages {
	readonly look: Look;
	readonly masker: Masker;
	/** Whether the person's patterns have changed, and what is wrong with them. */
	readonly checkPatterns: () => string | undefined;
	readonly knownValues: readonly string[];
	readonly store: Store;
	readonly ids: IdMaker;
	/** The installation's own key. */
	readonly key: Uint8Array;
	/** Keyed digests of what is recognised again and never kept. */
	readonly digest: (purpose: string, text: string) => string;
	/** What is needed to read transcripts; loaded when it is first asked for. Throws `patterns`. */
	readonly readingTools: () => ReadingTools;
}

/** Throws `CtraceError`: `patterns`, `permission`, or what `openStore` throws. */
export function openStages(options: StageOptions): Stages {
	const { paths, patterns, clock, randomBytes } = options;
	const key = openPseudonymKey(paths.state, randomBytes);
	const ids = createIdMaker(clock, randomBytes);
	const knownValues = selectKnownValues(options.env);
	const builtIn = loadSecretRules(`${patterns}/secrets`);
	const places = { ownFile: paths.privacy, projectDir: options.projectDir };
	const { masker, check } = createWatchedMasker({
		stamp: () => stampPrivacyFiles(places),
		load: () => {
			const own = loadPrivacyRules({ ...places, compile: createLinearMatcher });
			return createMasker({
				rules: [...builtIn, ...own.rules],
				mode: parsePrivacyMode(options.privacyMode).mode,
				tag: createTag(key),
				knownValues,
				allow: own.allow,
			});
		},
	});
	const look = loadLook(`${patterns}/claude-code`);
	return {
		look,
		masker,
		checkPatterns: check,
		knownValues: knownValues.map(({ value }) => value),
		ids,
		key,
		digest: createDigest(key),
		readingTools: once(() => loadReadingTools(patterns)),
		store: openStore({
			path: paths.database,
			clock,
			ids,
			...(options.findKey === undefined ? {} : { findKey: options.findKey }),
		}),
	};
}

function loadReadingTools(patterns: string): ReadingTools {
	return {
		marks: loadTranscriptMarks(`${patterns}/transcripts.yml`),
		prices: loadPrices(`${patterns}/prices.yml`),
	};
}

export type SessionParts = Omit<
	PipelineParts,
	"masker" | "checkPatterns" | "knownValues" | "store" | "id" | "digestWritten" | "noModels"
> & {
	readonly id?: string;
};

export function openSession(stages: Stages, parts: SessionParts): SessionPipeline {
	const { masker, checkPatterns, knownValues, store, ids } = stages;
	return new SessionPipeline({
		...parts,
		masker,
		checkPatterns,
		knownValues,
		store,
		id: parts.id ?? ids(),
		digestWritten: ({ anchor, responses }) => ({
			anchor: stages.digest("transcript turn", anchor),
			responses: toStored(stages, responses),
		}),
		noModels: () => stages.readingTools().marks.noModels,
	});
}
