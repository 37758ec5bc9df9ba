/** Turns to rows and back. */
import type { Prompt, Source, Turn, TurnStatus } from "../core/turn.ts";
import { type ItemRow, toItems } from "./item-rows.ts";
import {
	durationsColumn,
	maskedCountColumn,
	readOptionalColumn,
	recordingColumn,
	usageColumn,
	writeColumn,
} from "./json-columns.ts";
import { optional } from "./optional.ts";
import type { StoredTurn } from "./store.ts";

export interface TurnCells {
	readonly prompt_kind: Prompt["kind"];
	readonly started_at: number;
	readonly ended_at: number | null;
	readonly status: TurnStatus;
	readonly durations: string | null;
	readonly usage: string | null;
	readonly source: Source;
	readonly recording: string | null;
	readonly recogniser: string | null;
	readonly fidelity: number | null;
	readonly masked_count: string | null;
}

export interface TurnRow extends TurnCells {
	readonly key: number;
	readonly id: string;
	readonly seq: number;
	readonly revision: number;
	readonly updated_at: number;
	readonly anchor: string | null;
}

export const TURN_COLUMNS = [
	"prompt_kind",
	"started_at",
	"ended_at",
	"status",
	"durations",
	"usage",
	"source",
	"recording",
	"recogniser",
	"fidelity",
	"masked_count",
] as const;

export function turnCells(turn: Turn): TurnCells {
	return {
		prompt_kind: turn.prompt.kind,
		started_at: Math.round(turn.startedAt),
		ended_at: turn.endedAt === undefined ? null : Math.round(turn.endedAt),
		status: turn.status,
		durations: writeColumn(turn.durations),
		usage: writeColumn(turn.usage),
		source: turn.source,
		recording: writeColumn(turn.recording),
		recogniser: turn.recogniser ?? null,
		fidelity: turn.fidelity ?? null,
		masked_count: writeColumn(turn.maskedCount),
	};
}

/** `items` are the turn's own rows in order, the prompt first. */
export function toTurn(row: TurnRow, items: readonly ItemRow[]): StoredTurn {
	const [prompt, ...rest] = items;
	return {
		id: row.id,
		revision: row.revision,
		updatedAt: row.updated_at,
		seq: row.seq,
		prompt: { text: prompt?.body ?? "", kind: row.prompt_kind },
		startedAt: row.started_at,
		...optional("endedAt", row.ended_at),
		status: row.status,
		...optional("durations", readOptionalColumn(durationsColumn, row.durations)),
		...optional("usage", readOptionalColumn(usageColumn, row.usage)),
		source: row.source,
		...optional("recording", readOptionalColumn(recordingColumn, row.recording)),
		...optional("recogniser", row.recogniser),
		...optional("fidelity", row.fidelity),
		...optional("anchor", row.anchor),
		...optional("maskedCount", readOptionalColumn(maskedCountColumn, row.masked_count)),
		items: toItems(rest),
	};
}

export function isSameTurn(a: TurnCells, b: TurnCells): boolean {
	return TURN_COLUMNS.every((column) => a[column] === b[column]);
}
