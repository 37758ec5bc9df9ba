/** All figures of one session. Pure: the same session, the same figures; docs/metrics.md says each in a sentence. */
import type { MeasureMarks } from "../../core/measure-marks.ts";
import type { Turn } from "../../core/turn.ts";
import type { MeasuredSession, SessionFigures, StoredResponseFacts } from "../../store/figures/figures.ts";
import { dayOf, hourOf } from "./calendar.ts";
import { digestOf } from "./digest.ts";
import { measureItems } from "./measure-items.ts";
import type { MeasuredTurn, Tallies } from "./measured-turn.ts";
import { isCorrection, requestOf } from "./prompts.ts";
import { createTally } from "./tally.ts";

/** A person who has not answered for longer than this is away. */
export const AWAY_AFTER_MS = 15 * 60_000;

export function measureSession(
	{ session, turns }: MeasuredSession,
	responses: readonly StoredResponseFacts[],
	marks: MeasureMarks,
): SessionFigures {
	const tallies = createTallies();
	const { cwd, startedAt, endedAt, status, exit } = session;
	const begin = dayOf(startedAt);
	tallies.totals.add(
		begin,
		{},
		{
			sessions: 1,
			sessions_failed: status === "failed" || (exit?.code ?? 0) > 0 ? 1 : 0,
			sessions_lost: status === "lost" ? 1 : 0,
			session_ms: endedAt === undefined ? 0 : Math.max(0, endedAt - startedAt),
		},
	);
	for (const turn of turns) measureTurn({ turn, day: dayOf(turn.startedAt), tallies, cwd, marks });
	measureCorrections(turns, { tallies, marks });
	for (const response of responses) measureResponse(response, tallies);
	return { project: digestOf(cwd), rows: rowsOf(tallies) };
}

function createTallies(): Tallies {
	return {
		totals: createTally(),
		hours: createTally(),
		tools: createTally(),
		models: createTally(),
		permissions: createTally(),
		files: createTally(),
		rules: createTally(),
		corrected: createTally(),
		prompts: createTally(),
	};
}

function rowsOf(tallies: Tallies): SessionFigures["rows"] {
	return {
		totals: tallies.totals.rows(),
		hours: tallies.hours.rows(),
		tools: tallies.tools.rows(),
		models: tallies.models.rows(),
		permissions: tallies.permissions.rows(),
		files: tallies.files.rows(),
		rules: tallies.rules.rows(),
		corrected: tallies.corrected.rows(),
		prompts: tallies.prompts.rows(),
	};
}

function measureTurn(measured: MeasuredTurn): void {
	const { turn, day, tallies, marks } = measured;
	if (turn.prompt.kind !== "none") {
		const isPrompt = turn.prompt.kind === "prompt";
		tallies.totals.add(
			day,
			{},
			{
				turns: 1,
				prompts: isPrompt ? 1 : 0,
				interrupted: turn.status === "interrupted" ? 1 : 0,
			},
		);
		tallies.hours.add(day, { hour: hourOf(turn.startedAt) }, { prompts: 1 });
		const request = isPrompt ? requestOf(turn.prompt.text, marks) : undefined;
		if (request !== undefined)
			tallies.prompts.add(day, { thing: request }, { prompts: 1 }, { seq: turn.seq, position: 0 });
	}
	measureTime(measured);
	measureMasked(measured);
	measureItems(measured);
}

function measureTime({ turn, day, tallies }: MeasuredTurn): void {
	const { durations } = turn;
	if (durations === undefined) return;
	const waited = durations.waitingForUserMs ?? 0;
	tallies.totals.add(
		day,
		{},
		{
			timed_turns: 1,
			thinking_ms: durations.thinkingMs ?? 0,
			streaming_ms: durations.streamingMs ?? 0,
			tool_ms: durations.toolMs ?? 0,
			permission_ms: durations.waitingForPermissionMs ?? 0,
			user_ms: Math.min(waited, AWAY_AFTER_MS),
			away_ms: Math.max(0, waited - AWAY_AFTER_MS),
		},
	);
}

function measureMasked({ turn, day, tallies }: MeasuredTurn): void {
	for (const [rule, count] of Object.entries(turn.maskedCount ?? {})) {
		tallies.totals.add(day, {}, { masked: count });
		tallies.rules.add(day, { rule }, { masked: count });
	}
}

/** A chain of corrections counts for the prompt that began it. */
function measureCorrections(
	turns: readonly Turn[],
	{ tallies, marks }: Pick<MeasuredTurn, "tallies" | "marks">,
): void {
	const asked = turns.filter(({ prompt }) => prompt.kind !== "none");
	let first: Turn | undefined;
	for (const [index, turn] of asked.entries()) {
		if (!isCorrection(turn, asked[index - 1], marks)) {
			first = turn;
			continue;
		}
		tallies.totals.add(dayOf(turn.startedAt), {}, { corrections: 1 });
		if (first === undefined) continue;
		const thing = digestOf(first.prompt.text);
		const sample = { seq: first.seq, position: 0 };
		tallies.corrected.add(dayOf(first.startedAt), { thing }, { corrections: 1 }, sample);
	}
}

function measureResponse(response: StoredResponseFacts, tallies: Tallies): void {
	tallies.models.add(
		dayOf(response.at),
		{ model: response.model },
		{
			responses: 1,
			input_tokens: response.inputTokens,
			output_tokens: response.outputTokens,
			cache_read_tokens: response.cacheReadTokens,
			cache_write_5m_tokens: response.cacheWrite5mTokens,
			cache_write_1h_tokens: response.cacheWrite1hTokens,
			cost_usd: response.costUsd ?? 0,
			unpriced: response.costUsd === null ? 1 : 0,
		},
	);
}
