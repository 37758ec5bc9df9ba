/** The findings of the last run, as they were kept. */
import * as z from "zod";
import type { StoredFindings } from "../../store/insight-rows.ts";
import type { DateRange } from "../statistics/statistics.ts";
import { CONFIDENCES, type Finding, suggestionSchema } from "./finding.ts";

const keptSchema: z.ZodType<KeptFindings> = z.object({
	range: z.object({ from: z.string(), to: z.string() }),
	model: z.string(),
	project: z.string().exactOptional(),
	findings: z.array(
		z.object({
			title: z.string(),
			detail: z.string(),
			evidence: z.array(z.object({ sessionId: z.string(), turnSeq: z.number().exactOptional() })),
			suggestion: suggestionSchema,
			effect: z.string(),
			confidence: z.enum(CONFIDENCES),
			by: z.enum(["computed", "model"]),
		}),
	),
});

export interface KeptFindings {
	readonly range: DateRange;
	readonly model: string;
	/** The directory that was asked about; absent: all. */
	readonly project?: string;
	readonly findings: readonly Finding[];
}

/** Undefined when none were kept, or when they are of another version. */
export function parseKeptFindings(stored: StoredFindings | undefined): KeptFindings | undefined {
	if (stored === undefined) return undefined;
	const parsed = keptSchema.safeParse(JSON.parse(stored.findings));
	return parsed.success ? parsed.data : undefined;
}

/** Those of exactly these days and this directory. */
export function readKeptFindings(
	stored: StoredFindings | undefined,
	asked: DateRange & { readonly project?: string },
): readonly Finding[] | undefined {
	const kept = parseKeptFindings(stored);
	if (kept === undefined || kept.range.from !== asked.from || kept.range.to !== asked.to) return undefined;
	return kept.project === asked.project ? kept.findings : undefined;
}
