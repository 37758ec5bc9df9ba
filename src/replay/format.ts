/**
 * The bytes of a chunk, version 1. Every number is a varint (`bytes.ts`).
 *
 *   chunk    version, milliseconds of the first moment, moments
 *   moment   milliseconds since the one before, kind
 *   KEY      columns, rows: each as written out, cursor
 *   CHANGE   how many rows differ; for each: how far below the last one, how: 0 written out, else 1 + the row of the picture
 *            before that it is the same as; cursor
 *   GAP      reason
 *   row      2 × runs (+ 1 if the terminal wrapped it), runs
 *   run      paint: its number among those of the chunk; a new one is followed by foreground, background, attributes
 *            2 × cells (+ 1 if they are two columns wide), text
 *   cursor   0 = hidden, else 1 + column; row
 */
import type { GapReason } from "../core/recording.ts";

export const VERSION = 1;

export const KEY = 0;
export const CHANGE = 1;
export const GAP = 2;

export const GAP_REASONS: readonly GapReason[] = ["paused", "withheld", "missed"];
