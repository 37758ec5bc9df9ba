/** What the commands get of `patterns/`, in a file of its own: the engines behind it take longer to load than most commands run. */
import { loadMeasureMarks } from "../patterns/load-measure-marks.ts";
import { loadPrices } from "../patterns/load-prices.ts";
import { loadTranscriptMarks } from "../patterns/load-transcript-marks.ts";
import type { PatternParts } from "./context.ts";
import { type MaskerSources, openMasker } from "./open-masker.ts";

/** `patterns` is the directory of that name. */
export function createPatternParts(sources: MaskerSources): PatternParts {
	const { patterns } = sources;
	return {
		openMasker: (mode) => openMasker({ ...sources, patterns: `${patterns}/secrets` }, mode),
		noModels: () => loadTranscriptMarks(`${patterns}/transcripts.yml`).noModels,
		measureMarks: () => loadMeasureMarks(`${patterns}/measures.yml`),
		prices: () => loadPrices(`${patterns}/prices.yml`),
	};
}
