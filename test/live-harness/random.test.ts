// Sessions of chance: a number makes one session, the same wherever it is played.
import { describe, expect, it } from "vitest";
import { readOptions, UsageError } from "../live/options.ts";
import { randomScenario } from "../live/scenarios/random.ts";

const named = (seed: number) => {
	const scenario = randomScenario(`random-${seed}`);
	if (scenario === undefined) throw new Error("no scenario of chance");
	return scenario;
};
const SEEDS = Array.from({ length: 50 }, (_, index) => index);

describe("a session of chance", () => {
	it("is the same for the same number, and another one for another", () => {
		expect(named(7)).toEqual(named(7));
		expect(named(7)).not.toEqual({ ...named(8), name: "random-7" });
	});

	it("is chosen by its name alone", () => {
		expect(readOptions(["--scenarios", "random-7"], [])).toMatchObject({ scenarios: [named(7)] });
		expect(() => readOptions(["--scenarios", "random-x"], [])).toThrow(UsageError);
	});

	it("types nothing that opens a menu or leaves the line open", () => {
		const typed = SEEDS.flatMap((seed) => named(seed).steps).flatMap((step) =>
			step.do === "type" ? [step.text.replace(/\\$/u, "").trimEnd()] : [],
		);
		expect(typed.length).toBeGreaterThan(SEEDS.length * 3);
		for (const line of typed) expect(line).toMatch(/^[A-Z][^@#]*[^\\]$/u);
	});

	it("has an answer for every prompt, and every kind of exchange among fifty", () => {
		const kinds = new Set<string>();
		for (const { steps, replies } of SEEDS.map(named)) {
			expect(replies.length).toBeGreaterThanOrEqual(steps.filter((step) => step.do === "answered").length);
			for (const step of steps) kinds.add(step.do);
		}
		for (const kind of ["paste", "resize", "decide", "interrupt"]) expect(kinds).toContain(kind);
	});
});
