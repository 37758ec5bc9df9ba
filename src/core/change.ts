import type { ModelResponse } from "./model-response.ts";
import type { Recognition, Renderer } from "./session.ts";
import type { Turn } from "./turn.ts";

/** What a stretch of the session changed in its record: the turn stage's output, in order. */
export type TurnChange =
	/** A new or changed turn: replaces the one with the same `seq`. */
	| {
			readonly kind: "turn";
			readonly turn: Turn;
			/** Which prompt of a transcript it is, and what the models used for it; absent where no transcript tells. */
			readonly written?: { readonly anchor: string; readonly responses: readonly ModelResponse[] };
	  }
	/** The person took the prompt back before any answer: it never was a turn. */
	| { readonly kind: "withdrawn"; readonly seq: number }
	/** Something about the session itself became known. */
	| {
			readonly kind: "session";
			readonly agent?: string;
			readonly agentVersion?: string;
			readonly agentSessionIds?: readonly string[];
			readonly renderer?: Renderer;
			readonly title?: string;
			readonly recognition?: Recognition;
	  };
