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
	readonly endedAt?: number;
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

/** A tool call that the screen named only while it ran. */
export interface Glimpse {
	readonly name: string;
	readonly input: string;
}
