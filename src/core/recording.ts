import type { Picture } from "./picture.ts";

/** Why nothing was kept of the screen from a moment on: the person paused it, it could not be masked, or output was missed. */
export type GapReason = "paused" | "withheld" | "missed";

/** What a recording is made of, in order of time. A picture stands until the next moment; so does a gap. */
export type Moment =
	| { readonly kind: "picture"; readonly at: number; readonly picture: Picture }
	| { readonly kind: "gap"; readonly at: number; readonly reason: GapReason };

/** A stretch of a recording that can be read by itself. Times are milliseconds since the session started. */
export interface RecordingChunk {
	/** Counted from 0 inside its session. */
	readonly seq: number;
	readonly fromMs: number;
	/** Its last moment. */
	readonly toMs: number;
	readonly encoding: "raw" | "brotli";
	readonly bytes: Uint8Array;
}

/** A chunk without its contents. */
export type ChunkPlace = Pick<RecordingChunk, "seq" | "fromMs" | "toMs">;
