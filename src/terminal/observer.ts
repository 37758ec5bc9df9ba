import type { TerminalEvent } from "../core/event.ts";

/** Is told what passed, after it has passed. */
export type Observe = (event: TerminalEvent) => void;

/** An observer that fails is dropped: nothing it does can reach the mirror. */
export function shielded(observe: Observe): Observe {
	let current: Observe | undefined = observe;
	return (event) => {
		try {
			current?.(event);
		} catch {
			current = undefined;
		}
	};
}
