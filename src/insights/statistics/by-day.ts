/** The same sums day by day: what a chart draws. */
import type { FigureRange, FigureStore, SummedRow } from "../../store/figures/figures.ts";
import { dateOf } from "../measure/calendar.ts";
import type { TimeAnatomy } from "./statistics.ts";
import { type Tokens, tokensOf } from "./totals.ts";

export interface DayTime extends TimeAnatomy {
	readonly date: string;
}

/** Every day of the range, also the empty ones. */
export function readTimeByDay(figures: FigureStore, range: FigureRange): DayTime[] {
	const rows = figures.sum({
		...range,
		table: "totals",
		by: ["day"],
		pick: ["timed_turns", "thinking_ms", "streaming_ms", "tool_ms", "permission_ms", "user_ms", "away_ms"],
	});
	const byDay = new Map(rows.map((row) => [row.day, row]));
	return daysOf(range).map((day) => {
		const row = byDay.get(day);
		return {
			date: dateOf(day),
			timedTurns: row?.timed_turns ?? 0,
			thinkingMs: row?.thinking_ms ?? 0,
			streamingMs: row?.streaming_ms ?? 0,
			toolMs: row?.tool_ms ?? 0,
			permissionMs: row?.permission_ms ?? 0,
			userMs: row?.user_ms ?? 0,
			awayMs: row?.away_ms ?? 0,
		};
	});
}

function daysOf({ from, to }: FigureRange): number[] {
	return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}

export interface DayUse extends Tokens {
	readonly date: string;
	/** Directory or model; empty where everything is added up. */
	readonly key: string;
	readonly sessions: number;
	readonly turns: number;
	readonly costUsd: number;
}

/** A row for each day and project, day by day; only where there is something. */
export function readUseByDay(figures: FigureStore, range: FigureRange, isByProject: boolean): DayUse[] {
	const by = isByProject ? (["day", "project"] as const) : (["day"] as const);
	const cwds = new Map(isByProject ? figures.projects().map(({ project, cwd }) => [project, cwd]) : []);
	const models = figures.sum({ ...range, table: "models", by });
	const totals = figures.sum({ ...range, table: "totals", by, pick: ["sessions", "turns"] });
	const date = lastDate();
	return inStep(totals, models).map(({ place, own, used }) => ({
		date: date(place.day ?? 0),
		key: place.project === undefined ? "" : (cwds.get(place.project) ?? ""),
		sessions: own?.sessions ?? 0,
		turns: own?.turns ?? 0,
		...tokensOf(used),
		costUsd: used?.cost_usd ?? 0,
	}));
}

/** Rows of one day come one after another: its date is made once. */
function lastDate(): (day: number) => string {
	let [known, text] = [Number.NaN, ""];
	return (day) => {
		if (day !== known) [known, text] = [day, dateOf(day)];
		return text;
	};
}

type Own = SummedRow<"totals", "sessions" | "turns">;
type Used = SummedRow<"models">;
type Place = Pick<Own, "day" | "project">;

interface Step {
	readonly place: Place;
	readonly own: Own | undefined;
	readonly used: Used | undefined;
}

/** Two lists in the order of their places, side by side. */
function inStep(totals: readonly Own[], models: readonly Used[]): Step[] {
	const left = new Map(models.map((used) => [keyOf(used), used]));
	const steps = totals.map((own): Step => {
		const key = keyOf(own);
		const used = left.get(key);
		left.delete(key);
		return { place: own, own, used };
	});
	if (left.size === 0) return steps;
	const others = [...left.values()].map((used): Step => ({ place: used, own: undefined, used }));
	return [...steps, ...others].sort((one, other) => comparePlaces(one.place, other.place));
}

function keyOf({ day, project }: Place): string {
	return `${day} ${project}`;
}

function comparePlaces(one: Place, other: Place): number {
	return (one.day ?? 0) - (other.day ?? 0) || (one.project ?? 0) - (other.project ?? 0);
}

export interface DayModel extends Tokens {
	readonly date: string;
	readonly model: string;
	readonly responses: number;
	readonly costUsd: number;
}

export function readModelsByDay(
	{ figures, noModels }: { readonly figures: FigureStore; readonly noModels: ReadonlySet<string> },
	range: FigureRange,
): DayModel[] {
	return figures
		.sum({ ...range, table: "models", by: ["day", "model"] })
		.filter(({ model }) => !noModels.has(model ?? ""))
		.map((row) => ({
			date: dateOf(row.day ?? 0),
			model: row.model ?? "",
			responses: row.responses,
			...tokensOf(row),
			costUsd: row.cost_usd,
		}));
}
