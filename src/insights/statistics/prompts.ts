/** Prompts that were given again and again, and prompts that had to be set right. */
import type { Sample } from "../../store/figures/figures.ts";
import type {
	CorrectedPromptFigures,
	PromptLink,
	RepeatedPromptFigures,
	StatisticsRange,
	StatisticsSource,
} from "./statistics.ts";

/** Given in fewer sessions, a prompt is no habit. */
const FEWEST_SESSIONS = 2;
/** One correction happens; two say something of the prompt. */
const FEWEST_CORRECTIONS = 2;

export function readRepeatedPrompts(
	{ figures, limit }: StatisticsSource,
	range: StatisticsRange,
): RepeatedPromptFigures[] {
	const rows = figures.repeatedPrompts(range, { sessions: FEWEST_SESSIONS, limit });
	const samples = figures.readSamples(rows.map(({ sample }) => sample));
	return rows.flatMap(({ sample, prompts, sessions }) => {
		const link = linkOf(samples.get(sample));
		return link === undefined ? [] : [{ ...link, prompts, sessions }];
	});
}

export function readCorrectedPrompts(
	{ figures, limit }: StatisticsSource,
	range: StatisticsRange,
): CorrectedPromptFigures[] {
	const rows = figures
		.sum({ ...range, table: "corrected", by: ["thing"], most: { of: "corrections", limit } })
		.filter(({ corrections }) => corrections >= FEWEST_CORRECTIONS);
	const samples = figures.readSamples(rows.map(({ sample }) => sample ?? 0));
	return rows.flatMap(({ sample, corrections }) => {
		const link = linkOf(samples.get(sample ?? 0));
		return link === undefined ? [] : [{ ...link, corrections }];
	});
}

function linkOf(sample: Sample | undefined): PromptLink | undefined {
	if (sample === undefined || !("isPrompt" in sample.content)) return undefined;
	return { text: sample.content.text, sessionId: sample.sessionId, turnSeq: sample.turnSeq };
}
