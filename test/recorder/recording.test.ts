import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { partsOf, RecordedShell, STARTED_AT } from "../support/recorded-shell.ts";
import { madeUpSecrets } from "../support/secrets.ts";

const KNOWN = "correct horse battery staple";
const CHORD = new TextEncoder().encode("\u001dp");

let shell: RecordedShell;

beforeEach(() => {
	shell = new RecordedShell(KNOWN);
});

afterEach(() => shell[Symbol.dispose]());

describe("what a session's screen looked like", () => {
	test("is stored with it, and goes with it", () => {
		const session = shell.begin();
		session.show("one\r\n");
		session.show("two\r\n");
		session.close();
		expect(shell.shown(session.id).at(-1)).toBe("one\ntwo");
		expect(shell.stages.store.recordings.bytes(session.id)).toBeGreaterThan(0);
		shell.stages.store.deleteSession(session.id);
		expect(shell.stages.store.recordings.bytes()).toBe(0);
	});

	test("is there up to a sudden end of the recorder, but for the last four seconds", () => {
		const session = shell.begin();
		for (let line = 0; line < 30; line += 1) session.show(`line ${line}\r\n`);
		expect(shell.shown(session.id).at(-1)).toContain("line 21");
	});

	test("is kept for a while, apart from the turns", () => {
		const session = shell.begin();
		session.show("something\r\n");
		session.close();
		expect(shell.stages.store.recordings.removeOlderThan(STARTED_AT)).toBe(0);
		expect(shell.stages.store.recordings.removeOlderThan(STARTED_AT + 60_000)).toBe(1);
		expect(shell.stages.store.recordings.places(session.id)).toEqual([]);
		expect(shell.stages.store.readSession(session.id).turns).toHaveLength(1);
	});

	test("has a gap where output was missed", () => {
		const session = shell.begin();
		session.show("before\r\n");
		session.gap();
		session.show("after\r\n");
		session.close();
		expect(shell.shown(session.id)).toContain("<missed>");
	});

	test("holds no secret in any byte, however it came on the screen", () => {
		const size = fc.array(fc.integer({ min: 1, max: 24 }), { minLength: 3, maxLength: 8 });
		fc.assert(
			fc.property(size, fc.integer(), fc.boolean(), (sizes, seed, isLost) => {
				const secrets = Object.values(madeUpSecrets(seed));
				const session = shell.begin();
				for (const secret of [...secrets, KNOWN]) {
					let at = 0;
					for (let i = 0; at < secret.length; i += 1) {
						const part = secret.slice(at, at + (sizes[i % sizes.length] ?? 1));
						session.show(part);
						at += part.length;
					}
					session.show(" done\r\n\r\n");
				}
				session.close(isLost ? "lost" : "complete");
				const bytes = shell.everyByte();
				for (const secret of secrets)
					expect(partsOf(secret).filter((part) => bytes.includes(part))).toEqual([]);
				expect(bytes.includes(KNOWN.slice(0, 9))).toBe(false);
			}),
			{ numRuns: 8 },
		);
	}, 60_000);
});

describe("a pause", () => {
	const shownBeforePause = (id: string) => {
		const shown = shell.shown(id);
		return shown[shown.indexOf("<paused>") - 1];
	};

	test("from another terminal leaves out what is shown meanwhile, and what of it still stands there", () => {
		const session = shell.begin();
		session.show("before\r\n");
		shell.stages.store.recordings.pause(session.id, STARTED_AT);
		session.wait(500);
		session.show("\u001b]0;✳ hidden topic\u0007hidden words\r\n");
		shell.stages.store.recordings.resume(session.id, STARTED_AT + 1);
		session.wait(500);
		session.show("afterwards\r\n");
		session.close();
		expect(session.told).toEqual([true, false]);
		expect(shell.shown(session.id).join("|")).not.toContain("hidden");
		expect(shell.shown(session.id)).toContain("<paused>");
		expect(shell.shown(session.id).at(-1)).toBe("before\n\nafterwards");
		const { session: stored, turns } = shell.stages.store.readSession(session.id);
		expect(stored.gaps.map(({ reason }) => reason)).toEqual(["paused"]);
		const said = JSON.stringify(turns);
		expect(said).toContain("before");
		expect(said).toContain("afterwards");
		expect(said).not.toContain("hidden");
		expect(shell.everyByte()).not.toMatch(/hidden (?:words|topic)/u);
	});

	test.each([2, 3, 4, 5])("keeps what was typed right before it, after %i words", (count) => {
		const session = shell.begin();
		const words = ["one", "two", "six", "ten", "all"].slice(0, count);
		session.show("$ ");
		for (const word of words) {
			session.wait(250);
			session.print(`${word} `);
		}
		shell.stages.store.recordings.pause(session.id, STARTED_AT);
		session.wait(500);
		session.close();
		expect(shownBeforePause(session.id)).toBe(`$ ${words.join(" ")}`);
	});

	test("begun by keys keeps what was shown in the moment before", () => {
		const session = shell.begin({ keys: CHORD });
		session.show("before\r\n");
		session.wait(2000);
		session.print("last\r\n");
		session.type("\u001dp");
		session.wait(500);
		session.close();
		expect(shownBeforePause(session.id)).toBe("before\nlast");
		expect(JSON.stringify(shell.stages.store.readSession(session.id).turns)).toContain("last");
	});

	test("ended by keys leaves out what was shown in the moment before", () => {
		const session = shell.begin({ keys: CHORD });
		session.show("before\r\n");
		session.type("\u001dp");
		session.wait(500);
		session.print("hidden words\r\n");
		session.type("\u001dp");
		session.wait(3000);
		session.show("afterwards\r\n");
		session.close();
		expect(shell.everyByte()).not.toContain("hidden words");
		expect(shell.everyByte()).toContain("afterwards");
	});

	test("that lasts to the end leaves the session closed, and nothing of what came", () => {
		const session = shell.begin();
		session.show("before\r\n");
		shell.stages.store.recordings.pause(session.id, STARTED_AT);
		session.wait(500);
		session.show("hidden words\r\n");
		session.close();
		expect(shell.stages.store.readHead(session.id).status).toBe("complete");
		expect(shell.everyByte()).not.toContain("hidden words");
	});

	test("begins and ends with the keys for it, in whatever pieces they come, and with none where none are chosen", () => {
		const session = shell.begin({ keys: CHORD });
		session.show("before\r\n");
		session.type("x\u001d");
		session.type("p");
		session.show("hidden words\r\n");
		session.type("\u001dp");
		session.show("afterwards\r\n");
		session.close();
		expect(session.told).toEqual([true, false]);
		expect(shell.everyByte()).not.toContain("hidden words");
		const other = shell.begin();
		other.type("\u001dp");
		other.show("seen\r\n");
		other.close();
		expect(other.told).toEqual([]);
	});
});
