/** The daemon's account of itself. Pure. */
import type { ComponentState, Moment } from "./component-state.ts";
import { adviseOn } from "./failure-advice.ts";
import type { ComponentStatus, DaemonProblem } from "./protocol.ts";
import type { Supervised } from "./supervisor.ts";

export function componentStatus(component: Supervised, state: ComponentState, now: Moment): ComponentStatus {
	const { phase, runs, failures, lastSuccess, lastFailure, queue } = state;
	const problem = problemOf(state);
	const { pid } = component.runner;
	return {
		name: component.name,
		summary: component.summary,
		phase: phaseWord(state),
		intervalMs: component.intervalMs(),
		runs,
		failures,
		...(lastSuccess === undefined ? {} : { lastSuccess }),
		...(lastFailure === undefined ? {} : { lastFailure }),
		...(phase.kind === "waiting"
			? { nextRunAt: Math.round(now.wall + Math.max(0, phase.due - now.mono)) }
			: {}),
		...(queue === undefined ? {} : { queue }),
		...(pid === undefined ? {} : { pid }),
		...(problem === undefined ? {} : { problem }),
	};
}

function phaseWord({ phase, failures }: ComponentState): ComponentStatus["phase"] {
	if (phase.kind === "running") return phase.stopAskedAt === undefined ? "running" : "stopping";
	return failures > 0 ? "retrying" : "waiting";
}

/** What is wrong now; a failure that a success followed is history. */
export function problemOf({
	failures,
	lastFailure,
}: Pick<ComponentState, "failures" | "lastFailure">): DaemonProblem | undefined {
	return failures === 0 || lastFailure === undefined ? undefined : adviseOn(lastFailure.code);
}
