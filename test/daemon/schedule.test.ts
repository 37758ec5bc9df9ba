import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	askToStop,
	begin,
	type ComponentState,
	fail,
	type Moment,
	makeDue,
	resumeState,
	retryDelay,
	skipTime,
	succeed,
	wake,
} from "../../src/daemon/component-state.ts";
import { detectJump, LONGEST_WAIT_MS, planSteps, STOP_GRACE_MS } from "../../src/daemon/schedule.ts";

const MINUTE = 60_000;
const rhythm = { intervalMs: 5 * MINUTE, chance: 0.5 };
const at = (mono: number, wall = 1_000_000 + mono): Moment => ({ mono, wall });
const fresh = () => resumeState(undefined, at(0), rhythm.intervalMs);
const plan = (state: ComponentState, mono: number, limitMs = MINUTE) =>
	planSteps([{ name: "sync", state, limitMs }], at(mono));

describe("when a component runs", () => {
	test("a component that never ran is due at once, then an interval after each end", () => {
		expect(plan(fresh(), 0).steps).toEqual([{ kind: "begin", name: "sync" }]);
		const running = begin(fresh(), at(0));
		expect(plan(running, 10)).toEqual({ steps: [], waitMs: LONGEST_WAIT_MS });
		const done = succeed(running, { queue: 3 }, at(2_000), rhythm);
		expect(done).toMatchObject({ runs: 1, failures: 0, queue: 3, lastSuccess: { durationMs: 2_000 } });
		expect(plan(done, 2_000 + rhythm.intervalMs - 1).steps).toEqual([]);
		expect(plan(done, 2_000 + rhythm.intervalMs).steps).toHaveLength(1);
	});

	test("a restart does not run again what ran a moment ago, nor wait for a clock that was set back", () => {
		const saved = (at: number) => ({ failures: 0, lastSuccess: { at, durationMs: 1 } });
		const now = at(0, 10 * MINUTE);
		expect(resumeState(saved(8 * MINUTE), now, rhythm.intervalMs).phase).toEqual({
			kind: "waiting",
			due: 3 * MINUTE,
		});
		expect(resumeState(saved(2 * MINUTE), now, rhythm.intervalMs).phase).toMatchObject({ due: 0 });
		expect(resumeState(saved(60 * MINUTE), now, rhythm.intervalMs).phase).toMatchObject({ due: 0 });
	});

	test("failures are spaced out, doubling, never beyond a quarter of an hour, and a success forgets them", () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 500 }),
				fc.double({ min: 0, max: 1, noNaN: true }),
				(n, chance) => {
					const delay = retryDelay(n, chance);
					const whole = Math.min(15 * MINUTE, 5_000 * 2 ** Math.min(n - 1, 20));
					return delay >= whole / 2 && delay <= whole;
				},
			),
		);
		const failed = fail(begin(fresh(), at(0)), { code: "disk-full" }, at(100), rhythm);
		expect(failed).toMatchObject({ failures: 1, lastFailure: { code: "disk-full", at: 1_000_100 } });
		expect(failed.phase).toEqual({ kind: "waiting", due: 100 + retryDelay(1, 0.5) });
		const mended = succeed(begin(failed, at(9_000)), {}, at(9_500), rhythm);
		expect(mended).toMatchObject({ failures: 0, lastFailure: { code: "disk-full" } });
	});

	test("what wakes a component does not shorten its pause after a failure; a person does", () => {
		const failed = fail(begin(fresh(), at(0)), { code: "crashed" }, at(100), rhythm);
		expect(wake(failed, at(200))).toEqual(failed);
		expect(plan(makeDue(failed, at(200)), 200).steps).toHaveLength(1);
		const idle = succeed(begin(fresh(), at(0)), {}, at(100), rhythm);
		expect(plan(wake(idle, at(200)), 200).steps).toHaveLength(1);
	});

	test("a component woken while it runs runs once more soon after", () => {
		const woken = wake(begin(fresh(), at(0)), at(50));
		expect(plan(woken, 60).steps).toEqual([]);
		const done = succeed(woken, {}, at(100), rhythm);
		expect(plan(done, 100).steps).toEqual([]);
		expect(plan(done, 1_000).steps).toHaveLength(1);
	});

	test("a run that takes too long is asked to end, and ended when it does not", () => {
		const running = begin(fresh(), at(0));
		expect(plan(running, MINUTE).steps).toEqual([{ kind: "ask", name: "sync" }]);
		const asked = askToStop(running, at(MINUTE));
		expect(plan(asked, MINUTE + 1)).toMatchObject({ steps: [], waitMs: STOP_GRACE_MS - 1 });
		expect(plan(asked, MINUTE + STOP_GRACE_MS).steps).toEqual([{ kind: "kill", name: "sync" }]);
	});
});

describe("clocks that jump", () => {
	test("time that the monotonic clock did not see makes due what was due in it", () => {
		const before = at(0);
		expect(detectJump(before, at(1_000))).toEqual({ kind: "none" });
		const night = 8 * 60 * MINUTE;
		const morning = { mono: 1_000, wall: before.wall + 1_000 + night };
		expect(detectJump(before, morning)).toEqual({ kind: "forward", ms: night });
		const done = succeed(begin(fresh(), before), {}, at(500), rhythm);
		expect(plan(skipTime(done, night), 1_000).steps).toHaveLength(1);
	});

	test("a clock set back by years changes no schedule", () => {
		const jump = detectJump(at(0, 1e12), { mono: 1_000, wall: 5e11 });
		expect(jump.kind).toBe("back");
	});

	test("an ordinary delay of a busy machine is no jump, whatever the times are", () => {
		const wall = fc.integer({ min: 0, max: 1e12 });
		const passed = fc.integer({ min: 0, max: 1e9 });
		const drift = fc.integer({ min: -9_999, max: 9_999 });
		fc.assert(
			fc.property(wall, passed, drift, (start, ms, off) => {
				const jump = detectJump({ mono: 0, wall: start }, { mono: ms, wall: start + ms + off });
				return jump.kind === "none";
			}),
		);
	});
});

type Story = (state: ComponentState, now: Moment, ms: number) => ComponentState;
const whileRunning =
	(change: Story): Story =>
	(state, now, ms) =>
		state.phase.kind === "running" ? change(state, now, ms) : state;
const STORIES: Readonly<Record<string, Story>> = {
	tick: (state, now) => {
		const { steps, waitMs } = plan(state, now.mono);
		expect(waitMs).toBeLessThanOrEqual(LONGEST_WAIT_MS);
		const [step] = steps;
		if (step === undefined) return state;
		expect(step.kind === "begin").toBe(state.phase.kind === "waiting");
		return step.kind === "begin" ? begin(state, now) : askToStop(state, now);
	},
	end: whileRunning((state, now) => succeed(state, {}, now, rhythm)),
	break: whileRunning((state, now) => fail(state, { code: "crashed" }, now, rhythm)),
	wake,
	ask: makeDue,
	sleep: (state, _now, ms) => skipTime(state, ms),
};

test("whatever happens in whatever order, a component is never forgotten and never begun twice", () => {
	const step = fc.tuple(fc.constantFrom(...Object.keys(STORIES)), fc.integer({ min: 0, max: 20 * MINUTE }));
	fc.assert(
		fc.property(fc.array(step), (steps) => {
			let state = fresh();
			let mono = 0;
			for (const [what, ms] of steps) {
				mono += ms;
				state = STORIES[what]?.(state, at(mono), ms) ?? state;
			}
			const longest = mono + 15 * MINUTE + rhythm.intervalMs;
			expect(state.phase.kind === "running" || state.phase.due <= longest).toBe(true);
		}),
	);
});
