/** A reading of each session, from what is kept or from the model; then the findings over all of them. */
import * as z from "zod";
import type { Masked } from "../../core/masked.ts";
import type { MeasuredSession } from "../../store/figures/figures.ts";
import type { InsightStore } from "../../store/insight-rows.ts";
import { type Finding, findingsSchema } from "../findings/finding.ts";
import { resolveFindings } from "../findings/resolve-findings.ts";
import type { Statistics } from "../statistics/statistics.ts";
import { ask, type SendToModel } from "./ask.ts";
import { briefSession } from "./brief-session.ts";
import { Budget, mostCostOf, type Pricing, usedCostOf } from "./budget.ts";
import { findingsRequest, type ModelRequest, type NamedReading, sessionRequest } from "./requests.ts";
import { READING_VERSION, type SessionReading, sessionReadingSchema } from "./session-reading.ts";

/** Requests under way at once. */
const AT_ONCE = 4;
/** Of the budget, what stays for the findings. */
const FINDINGS_SHARE = 0.35;

export interface ReadingTools {
	readonly send: SendToModel;
	readonly insights: InsightStore;
	readonly pricing: Pricing;
	readonly mostUsd: number;
	/** Every request passes it before it is sent, every answer before it is kept. */
	readonly mask: <T>(value: T) => Masked<T>;
	readonly signal: AbortSignal;
	readonly onProgress: (progress: ReadingProgress) => void;
}

export interface ReadingProgress {
	readonly done: number;
	readonly total: number;
	readonly spentUsd: number;
}

export interface ReadingResult {
	readonly findings: readonly Finding[];
	/** Sessions that were read, now or before. */
	readonly read: number;
	/** Sessions for which the budget was too small, and those whose answer was of no use. */
	readonly leftOut: number;
	readonly failed: number;
	/** Findings whose evidence led nowhere. */
	readonly dropped: number;
	readonly spentUsd: number;
}

/** Throws what `SendToModel` throws; what was read until then is kept. */
export async function readSessions(
	sessions: readonly MeasuredSession[],
	statistics: Statistics,
	tools: ReadingTools,
): Promise<ReadingResult> {
	const budget = new Budget(tools.mostUsd);
	const readings = new Map<string, SessionReading>();
	let leftOut = 0;
	let failed = 0;
	let done = 0;
	const queue = [...sessions];
	const work = async () => {
		for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
			tools.signal.throwIfAborted();
			const outcome = await readOne(next, { tools, budget });
			if (outcome === "left out") leftOut += 1;
			else if (outcome === "failed") failed += 1;
			else readings.set(next.session.id, outcome);
			done += 1;
			tools.onProgress({ done, total: sessions.length, spentUsd: budget.spentUsd });
		}
	};
	await Promise.all(Array.from({ length: Math.min(AT_ONCE, sessions.length) }, work));
	const named = nameReadings(sessions, readings);
	const { findings, dropped } = await findFindings(named, sessions, { statistics, tools, budget });
	return { findings, dropped, read: readings.size, leftOut, failed, spentUsd: budget.spentUsd };
}

/** `S1` is the first session that was read. */
export function nameReadings(
	sessions: readonly MeasuredSession[],
	readings: ReadonlyMap<string, SessionReading>,
): (NamedReading & { readonly sessionId: string })[] {
	return sessions
		.flatMap((measured) => {
			const reading = readings.get(measured.session.id);
			return reading === undefined ? [] : [{ measured, reading }];
		})
		.map(({ measured: { session, turns }, reading }, index) => ({
			name: `S${index + 1}`,
			sessionId: session.id,
			project: session.cwd,
			turns: turns.length,
			reading,
		}));
}

interface OneReading {
	readonly tools: ReadingTools;
	readonly budget: Budget;
}

async function readOne(
	measured: MeasuredSession,
	{ tools, budget }: OneReading,
): Promise<SessionReading | "left out" | "failed"> {
	const { insights, pricing, mask } = tools;
	const key = { sessionId: measured.session.id, version: READING_VERSION, model: pricing.model };
	const kept = insights.findReading(key);
	if (kept !== undefined) return sessionReadingSchema.parse(JSON.parse(kept));
	const request = mask(sessionRequest(briefSession(measured)));
	const answer = await askWithin(request, sessionReadingSchema, {
		tools,
		budget,
		mostUsd: tools.mostUsd * (1 - FINDINGS_SHARE),
	});
	if (typeof answer === "string") return answer;
	const reading = mask(answer);
	insights.saveReading(key, mask(JSON.stringify(reading)));
	return reading;
}

async function findFindings(
	named: readonly (NamedReading & { readonly sessionId: string })[],
	sessions: readonly MeasuredSession[],
	{ statistics, tools, budget }: OneReading & { readonly statistics: Statistics },
): Promise<{ readonly findings: readonly Finding[]; readonly dropped: number }> {
	if (named.length === 0) return { findings: [], dropped: 0 };
	const request = tools.mask(findingsRequest(named, statistics));
	const answer = await askWithin(request, findingsSchema, { tools, budget, mostUsd: tools.mostUsd });
	if (typeof answer === "string") return { findings: [], dropped: 0 };
	const turns = new Map(
		sessions.map(({ session, turns: all }) => [session.id, new Set(all.map(({ seq }) => seq))]),
	);
	const links = new Map(named.map(({ name, sessionId }) => [name, sessionId]));
	const findings = resolveFindings(tools.mask(answer).findings, { links, turns });
	return { findings, dropped: answer.findings.length - findings.length };
}

interface Limits extends OneReading {
	readonly mostUsd: number;
}

/** Sends it if the budget allows its dearest outcome. An answer of no use costs this request alone. */
async function askWithin<T>(
	request: ModelRequest,
	shape: z.ZodType<T>,
	{ tools, budget, mostUsd }: Limits,
): Promise<T | "left out" | "failed"> {
	const { pricing } = tools;
	const reserve = (wanted: ModelRequest) =>
		budget.reserve(request, mostCostOf(wanted, pricing) ?? Number.POSITIVE_INFINITY, mostUsd);
	if (!(await reserve(request))) return "left out";
	let used = 0;
	try {
		return await ask(tools.send, {
			request,
			shape,
			schema: z.toJSONSchema(shape),
			signal: tools.signal,
			onUse: (use) => {
				used += usedCostOf(use, pricing);
			},
			mayRepair: reserve,
		});
	} catch (error) {
		if (isUseless(error)) return "failed";
		throw error;
	} finally {
		budget.settle(request, used);
	}
}

function isUseless(error: unknown): boolean {
	const code = error instanceof Error && "code" in error ? error.code : undefined;
	return code === "model-answer" || code === "model-refused";
}
