// Words that stand in thousands of places: the newest are ranked, and nothing that was asked for is given up.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Item } from "../../src/core/turn.ts";
import type { SearchFilter } from "../../src/store/stored-shapes.ts";
import {
	addSession,
	answer,
	makeTurn,
	STARTED_AT,
	type TemporaryStore,
	temporaryStore,
} from "../support/stored-session.ts";

const SESSIONS = 400;
const ITEMS = 10;
const tool = (output: string): Item => ({ kind: "tool", name: "Bash", output, status: "ok", source: "both" });

let scene: TemporaryStore;
const ids: string[] = [];

beforeAll(() => {
	scene = temporaryStore();
	scene.store.transaction(() => {
		for (let n = 0; n < SESSIONS; n += 1) ids.push(addOne(n));
	});
});
afterAll(() => scene[Symbol.dispose]());

/** Four thousand places of "common"; "commonNNN" once in every session; "needleN" once, in the hundredth item. */
function addOne(n: number): string {
	const items = Array.from({ length: ITEMS - 1 }, (_, at) =>
		at === 3 ? answer(`common common${n} answer needle${n}`) : tool(`common output common${n}x${at}`),
	);
	const prompt = { text: n % 50 === 0 ? `a common prompt ${n}` : `prompt ${n}`, kind: "prompt" as const };
	const cwd = n % 100 === 7 ? "/w/seldom" : n % 2 === 0 ? "/w/even" : "/w/odd";
	return addSession(scene, { cwd, startedAt: STARTED_AT + n * 1000, status: "complete" }, [
		makeTurn(1, { prompt, items, startedAt: STARTED_AT + n * 1000 }),
	]);
}

const search = (text: string, filter: SearchFilter = {}) =>
	scene.store.browse.search(text.split(" "), filter);
const keysOf = (...numbers: number[]) => new Set(numbers.map((n) => scene.store.browse.keyOf(ids[n] ?? "")));

describe("a word that stands nearly everywhere", () => {
	test("comes where it weighs most first, and of equals the newest", () => {
		const { found, isCut } = search("common", { limit: 30 });
		expect(isCut).toBe(true);
		expect(found.slice(0, 2).map(({ hit }) => [hit.kind, hit.sessionId])).toEqual([
			["prompt", ids[350]],
			["prompt", ids[300]],
		]);
		const answers = found.filter(({ hit }) => hit.kind === "assistant").map(({ hit }) => hit.sessionId);
		expect(answers).toEqual(ids.slice(-answers.length).reverse());
		expect(found.map(({ hit }) => hit.score)).toEqual(
			found.map(({ hit }) => hit.score).sort((a, b) => b - a),
		);
	});

	test("is highlighted, the longer words that begin like it included", () => {
		const [first] = search("common", { limit: 1 }).found;
		expect(first?.hit.snippet).toEqual({ text: "a common prompt 350", highlights: [[2, 8]] });
		expect(search("comm", { limit: 20 }).found).toHaveLength(20);
	});

	test("with a rare word finds that one place, whichever of them comes last", () => {
		for (const text of ["common needle123", "needle123 common", "needle123 comm", "needle123 common123"])
			expect([text, search(text).found.map(({ hit }) => hit.sessionId)]).toEqual([text, [ids[123]]]);
		expect(search("needle123 commx").found).toEqual([]);
		expect(search("needle123 common124").found).toEqual([]);
		expect(search("needle123 common").isCut).toBe(false);
	});

	test("in a phrase keeps its order", () => {
		scene.store.transaction(() => {});
		expect(search("needle399 common").found).toHaveLength(1);
		expect(scene.store.search(["answer needle399", "common399"])).toHaveLength(1);
		expect(scene.store.search(["needle399 answer"])).toEqual([]);
	});
});

describe("only some sessions", () => {
	test("are found, be they few or many, old or new", () => {
		for (const numbers of [[0], [0, 399], [5, 105, 205], Array.from({ length: 350 }, (_, n) => n)]) {
			const { found } = search("common", { limit: 200, sessions: keysOf(...numbers) });
			expect(found.length).toBe(
				Math.min(200, numbers.length * 9 + numbers.filter((n) => n % 50 === 0).length),
			);
			expect(found.every(({ sessionKey }) => keysOf(...numbers).has(sessionKey))).toBe(true);
		}
		expect(search("common", { sessions: new Set() })).toEqual({ found: [], isCut: false });
	});

	test("of a directory, and of a time", () => {
		const seldom = search("common", { cwd: "/w/seldom", limit: 200 }).found;
		expect(new Set(seldom.map(({ hit }) => hit.sessionId))).toEqual(
			new Set([7, 107, 207, 307].map((n) => ids[n])),
		);
		const since = STARTED_AT + 396 * 1000;
		const late = search("common", { since, cwd: "/w/even", limit: 200 }).found;
		expect(new Set(late.map(({ hit }) => hit.sessionId))).toEqual(new Set([396, 398].map((n) => ids[n])));
		expect(search("needle123", { cwd: "/w/even" }).found).toEqual([]);
		expect(search("needle124 common", { cwd: "/w/even" }).found).toHaveLength(1);
	});
});

test("the beginning of very many different words finds places of them", () => {
	// "common0x0" … "common399x8": thousands of words, none of them frequent.
	const { found, isCut } = search("common3", { limit: 40 });
	expect(found).toHaveLength(40);
	expect(isCut).toBe(true);
	expect(found.every(({ hit }) => hit.snippet.text.includes("common3"))).toBe(true);
});
