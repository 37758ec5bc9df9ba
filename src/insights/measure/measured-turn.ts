/** A turn on its way into the tables of figures. */
import type { MeasureMarks } from "../../core/measure-marks.ts";
import type { Turn } from "../../core/turn.ts";
import type { FigureName } from "../../store/figures/tables.ts";
import type { Tally } from "./tally.ts";

export type Tallies = { readonly [Name in FigureName]: Tally<Name> };

export interface MeasuredTurn {
	readonly turn: Turn;
	readonly day: number;
	readonly tallies: Tallies;
	readonly cwd: string;
	readonly marks: MeasureMarks;
}
