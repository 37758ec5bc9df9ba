import type { Prompt, TurnStatus } from "../core/turn.ts";
import type { Entry, Result } from "./entry.ts";
import type { Permission } from "./permissions.ts";
import type { Timing } from "./timing.ts";

/** A turn while it is being read. Times are milliseconds since the session started. */
export interface OpenTurn {
	/** Absent for a turn of an old conversation that was only shown again: it is matched, never reported. */
	readonly seq: number | undefined;
	/** The prompt as the screen echoes it; how a turn is recognised when it is painted again. */
	readonly echo: string;
	readonly prompt: Prompt;
	/** 1 when the prompt was seen in the input box before it was sent. */
	readonly confidence: number;
	readonly startedAt: number;
	readonly endedAt: number | undefined;
	readonly status: TurnStatus;
	readonly entries: readonly Entry[];
	readonly promptResults: readonly Result[];
	readonly permissions: readonly Permission[];
	/** Tools seen for a moment inside collapsed groups, by the group's place among the turn's runs of tools. */
	readonly glimpses: ReadonlyMap<number, readonly Glimpse[]>;
	readonly timing: Timing;
	/** Parts of the turn that passed unseen. */
	readonly gaps: number;
	/** Work was seen after the prompt: a spinner, an answer, a dialog. */
	readonly hasWorked: boolean;
}

/** The turn with these of its fields. All turns are of one make: they are read faster so. */
export function changed(turn: OpenTurn, fields: Partial<OpenTurn>): OpenTurn {
	const known: OpenTurn = {
		seq: turn.seq,
		echo: turn.echo,
		prompt: turn.prompt,
		confidence: turn.confidence,
		startedAt: turn.startedAt,
		endedAt: turn.endedAt,
		status: turn.status,
		entries: turn.entries,
		promptResults: turn.promptResults,
		permissions: turn.permissions,
		glimpses: turn.glimpses,
		timing: turn.timing,
		gaps: turn.gaps,
		hasWorked: turn.hasWorked,
	};
	return Object.assign(known, fields);
}

/** A tool call that the screen named only while it ran. */
export interface Glimpse {
	readonly name: string;
	readonly input: string;
}
