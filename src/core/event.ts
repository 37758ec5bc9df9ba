/**
 * What can happen to a recorded terminal, in the order it happened.
 *
 * `at` is milliseconds since the session started, from a monotonic clock; two events may share a time.
 * Output and input carry raw bytes: a chunk may end inside a UTF-8 sequence or an escape sequence.
 */
export type TerminalEvent =
	| { readonly kind: "output"; readonly at: number; readonly data: Uint8Array }
	| { readonly kind: "input"; readonly at: number; readonly data: Uint8Array }
	| { readonly kind: "resize"; readonly at: number; readonly cols: number; readonly rows: number }
	| { readonly kind: "marker"; readonly at: number; readonly label: string }
	| { readonly kind: "gap"; readonly at: number; readonly reason: string; readonly lostBytes: number }
	| {
			readonly kind: "exit";
			readonly at: number;
			readonly code?: number | undefined;
			readonly signal?: string | undefined;
			/** Bytes of output and input handed over until then: a receiver that got fewer knows what it missed. */
			readonly sentBytes?: number | undefined;
	  };

export interface TerminalSize {
	readonly cols: number;
	readonly rows: number;
}
