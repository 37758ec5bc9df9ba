/** Past sessions that had been recorded by wrapping, too. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Session } from "../../src/core/session.ts";
import type { Turn } from "../../src/core/turn.ts";
import { markMasked } from "../support/mark-masked.ts";
import { answer, makeSession, makeTurn } from "../support/stored-session.ts";
import { conversation, FIRST, Past } from "./past-scene.ts";

let past: Past;

beforeEach(() => {
	past = new Past();
});

afterEach(() => past[Symbol.dispose]());

describe("a session that was recorded by wrapping", () => {
	const startedAt = Date.UTC(2026, 2, 4, 10, 0, 30);

	function recordWrapped(changes: Partial<Session> = {}, turns: readonly Turn[] = []): string {
		return past.withStore((store) => {
			const id = past.ids();
			const session = makeSession(id, {
				cwd: "~/garden",
				startedAt,
				endedAt: startedAt + 10 * 60_000,
				status: "complete",
				...changes,
			});
			store.beginSession(markMasked(session), { pid: 1, wrapperPid: 2 });
			for (const turn of turns) store.saveTurn(id, markMasked(turn));
			return id;
		});
	}

	const seen = (seq: number, text: string): Turn =>
		makeTurn(seq, {
			prompt: { text: `question ${seq}`, kind: "prompt" },
			startedAt: Date.UTC(2026, 2, 4, 10, seq),
			items: [
				answer(text),
				{
					kind: "permission",
					question: "Do you want to dig?",
					options: ["Yes", "No"],
					choice: "Yes",
					source: "terminal",
				},
			],
		});

	it("is merged with its transcript, not doubled", async () => {
		const id = recordWrapped({}, [seen(1, "answer 1"), seen(2, "answer 2")]);
		past.transcript(FIRST, conversation(2));
		await past.import();
		const sessions = past.everything();
		expect(sessions.map(({ session }) => [session.id, session.agentSessionIds])).toEqual([[id, [FIRST]]]);
		expect(
			sessions[0]?.turns.map(({ source, fidelity, items }) => ({ source, fidelity, items })),
		).toMatchObject(
			[1, 2].map((n) => ({
				source: "both",
				fidelity: 1,
				items: [
					{ text: `answer **${n}**`, source: "both" },
					{ kind: "permission", choice: "Yes", source: "terminal" },
				],
			})),
		);
		expect(sessions[0]?.session.usage).toMatchObject({ inputTokens: 20 });
		await past.import();
		expect(past.everything()).toEqual(sessions);
	});

	it("gains the turns that the terminal missed; what was said before and after is a session of its own", async () => {
		const id = recordWrapped(
			{ startedAt: Date.UTC(2026, 2, 4, 10, 2), endedAt: Date.UTC(2026, 2, 4, 10, 3, 30) },
			[{ ...seen(2, "answer 2"), seq: 1 }],
		);
		past.transcript(FIRST, conversation(4));
		await past.import();
		const told = past.everything().map(({ session, turns }) => ({
			isWrapped: session.id === id,
			prompts: turns.map(({ prompt }) => prompt.text),
		}));
		expect(told).toEqual([
			{ isWrapped: false, prompts: ["question 1", "question 4"] },
			{ isWrapped: true, prompts: ["question 2", "question 3"] },
		]);
	});

	it("gains nothing that was said while it was paused, nor what a pause cut short", async () => {
		const id = recordWrapped({}, [
			seen(1, "answer 1"),
			seen(2, "answer"),
			{ ...seen(4, "answer 4"), seq: 3 },
		]);
		const at = (minute: number, second: number) => Date.UTC(2026, 2, 4, 10, minute, second);
		past.withStore(({ recordings }) => {
			recordings.pause(id, at(2, 3));
			recordings.resume(id, at(3, 30));
			recordings.pause(id, at(5, 1));
		});
		past.transcript(FIRST, conversation(6));
		await past.import();
		const told = past.everything();
		expect(told.map(({ session }) => session.id)).toEqual([id]);
		expect(told[0]?.turns.map(({ prompt, source }) => [prompt.text, source])).toEqual([
			["question 1", "both"],
			["question 2", "terminal"],
			["question 4", "both"],
		]);
		expect(JSON.stringify(told)).not.toMatch(/answer \*\*[2356]|question [356]/u);
	});

	it("takes up what was said with the same conversation after it ended in a pause", async () => {
		const id = recordWrapped({ endedAt: Date.UTC(2026, 2, 4, 10, 2, 30) }, [seen(1, "answer 1")]);
		past.withStore(({ recordings }) => recordings.pause(id, Date.UTC(2026, 2, 4, 10, 1, 30)));
		past.transcript(FIRST, conversation(3));
		await past.import();
		const prompts = past.everything().map(({ turns }) => turns.map(({ prompt }) => prompt.text));
		expect(prompts.sort()).toEqual([["question 1"], ["question 3"]]);
	});

	it("is left alone by a conversation of another place or time", async () => {
		recordWrapped({ cwd: "~/orchard" }, [seen(1, "answer 1")]);
		recordWrapped({ startedAt: 0, endedAt: 1000 }, [seen(1, "answer 1")]);
		past.transcript(FIRST, conversation(1));
		await past.import();
		expect(past.everything().map(({ turns }) => turns[0]?.source)).toEqual(
			["terminal", "transcript", "terminal"].sort(),
		);
	});
});
