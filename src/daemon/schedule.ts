/** What is to be done now, and when to look again. Pure: the plan is data, the supervisor carries it out. */
import type { ComponentState, Moment } from "./component-state.ts";

export type Step =
	| { readonly kind: "begin"; readonly name: string }
	/** It took too long: tell it to come to an end. */
	| { readonly kind: "ask"; readonly name: string }
	/** It was told, and did not: end its process. */
	| { readonly kind: "kill"; readonly name: string };

export interface Planned {
	readonly name: string;
	readonly state: ComponentState;
	readonly limitMs: number;
}

export interface Plan {
	readonly steps: readonly Step[];
	/** Until there is something to do again, if nothing else happens. */
	readonly waitMs: number;
}

/** From being told to being ended: a safe place is nearer than that. */
export const STOP_GRACE_MS = 4_000;
/** Longest sleep: after the machine's own sleep a timer still has its rest to wait. */
export const LONGEST_WAIT_MS = 30_000;

export function planSteps(components: readonly Planned[], now: Moment): Plan {
	const decided = components.map((component) => decide(component, now.mono));
	const steps = decided.flatMap(({ step }) => (step === undefined ? [] : [step]));
	const next = Math.min(...decided.map(({ at }) => at), now.mono + LONGEST_WAIT_MS);
	return { steps, waitMs: Math.max(0, Math.ceil(next - now.mono)) };
}

interface Decision {
	readonly step?: Step;
	/** When to look at it again; a step taken now is looked at again when its own time comes. */
	readonly at: number;
}

function decide({ name, state, limitMs }: Planned, now: number): Decision {
	const { phase } = state;
	if (phase.kind === "waiting")
		return phase.due <= now ? { step: { kind: "begin", name }, at: now + limitMs } : { at: phase.due };
	if (phase.stopAskedAt === undefined) {
		const late = phase.since + limitMs;
		return late <= now ? { step: { kind: "ask", name }, at: now + STOP_GRACE_MS } : { at: late };
	}
	const end = phase.stopAskedAt + STOP_GRACE_MS;
	return end <= now ? { step: { kind: "kill", name }, at: now + STOP_GRACE_MS } : { at: end };
}

/** Less than this is a busy machine, not a sleeping one. */
const JUMP_MS = 10_000;

export type Jump =
	| { readonly kind: "none" }
	/** The machine slept, or the wall clock was set forward: what was due in between is due now. */
	| { readonly kind: "forward"; readonly ms: number }
	/** The wall clock was set back: nothing is due any earlier or later for it. */
	| { readonly kind: "back"; readonly ms: number };

/** What the two clocks say about the time between two moments. */
export function detectJump(before: Moment, now: Moment): Jump {
	const unseen = now.wall - before.wall - (now.mono - before.mono);
	if (unseen >= JUMP_MS) return { kind: "forward", ms: Math.round(unseen) };
	if (unseen <= -JUMP_MS) return { kind: "back", ms: Math.round(-unseen) };
	return { kind: "none" };
}
