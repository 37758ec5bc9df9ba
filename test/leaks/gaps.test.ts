/** Bytes that went missing in the middle of a secret: neither what stands before them nor what stands behind is told. */
import { expect, test } from "vitest";
import { TORN_LINE } from "../../src/core/torn-line.ts";
import { loadLook } from "../../src/patterns/load-looks.ts";
import { createTurnSource } from "../../src/recorder/turn-source.ts";
import { RecordedShell, shellStart } from "../support/recorded-shell.ts";
import { KINDS, makeSecret } from "./kinds.ts";
import { Needles } from "./needles.ts";
import { Random } from "./random.ts";
import { rowsOf } from "./routes.ts";

const ROUNDS = 2;
const HARMLESS = "an ordinary sentence about tomatoes";

/** A secret of each kind, on a line or on rows of a program's own, broken off in its middle. */
function broken(seed: number) {
	const random = new Random(seed);
	return KINDS.map((kind) => {
		const secret = makeSecret(kind, random);
		const needles = new Needles();
		needles.add(secret, secret.kind);
		const width = random.pick([24, 40, 1000]);
		const text = rowsOf(`> ${secret.said}`, width).join("\r\n");
		return { kind: secret.kind, needles, text, at: random.between(3, text.length - 1), random };
	});
}

test("at the end of a session that came to its own end", () => {
	const leaks: string[] = [];
	for (let seed = 1; seed <= ROUNDS; seed += 1) {
		using shell = new RecordedShell("correct horse battery staple");
		for (const { kind, needles, text, at } of broken(seed)) {
			const session = shell.begin();
			session.show(`${HARMLESS}\r\n\r\n`);
			session.print(text.slice(0, at));
			session.gap();
			session.close("complete");
			const bytes = Buffer.from(JSON.stringify(shell.stages.store.readSession(session.id)));
			expect(bytes.toString()).toContain(HARMLESS);
			if (needles.search(bytes).length > 0) leaks.push(`${kind}, seed ${seed}`);
		}
		const all = shell.everyByte();
		for (const { kind, needles } of broken(seed))
			if (needles.search(Buffer.from(all, "latin1")).length > 0)
				leaks.push(`${kind}, on the disk, seed ${seed}`);
	}
	expect(leaks).toEqual([]);
}, 60_000);

test("in the middle of a line that goes on behind it", () => {
	using shell = new RecordedShell("correct horse battery staple");
	const session = shell.begin();
	session.show("before\r\nkey: 0123456789");
	session.gap();
	session.show("abcdefgh and on\r\nafter\r\n");
	session.close();
	const [turn] = shell.stages.store.readSession(session.id).turns;
	expect(turn?.items[0]).toMatchObject({ text: `before\n${TORN_LINE}\nafter` });
	expect(shell.everyByte()).not.toContain("abcdefgh");
});

test("at the beginning of a line, and in the middle of one that a program writes anew", () => {
	using shell = new RecordedShell("correct horse battery staple");
	const session = shell.begin();
	session.show("short\r\n\r\n");
	session.gap();
	session.show("abcdefgh and on\r\nstill here");
	session.gap();
	session.show("ijklmnop\rno\r\u001b[Kwritten anew\r\n");
	session.close();
	const [turn] = shell.stages.store.readSession(session.id).turns;
	expect(turn?.items[0]).toMatchObject({ text: `short\n\n${TORN_LINE}\nwritten anew` });
});

test("behind what had come to rest, where nothing else comes", () => {
	const source = createTurnSource(shellStart("bash"), loadLook("patterns/claude-code"));
	source.feed({ kind: "output", at: 1, data: Buffer.from("before\r\nkey: 0123 and half a") });
	source.tick(1000);
	source.feed({ kind: "gap", at: 2000, reason: "slow", lostBytes: 9 });
	const turns = source.end(2000, false).flatMap((change) => (change.kind === "turn" ? [change.turn] : []));
	expect(turns[0]?.items[0]).toMatchObject({ text: `before\n${TORN_LINE}` });
});

test("through a pipe", () => {
	const look = loadLook("patterns/claude-code");
	const source = createTurnSource({ ...shellStart("bash"), attachment: "pipe" }, look);
	const say = (text: string) => source.feed({ kind: "output", at: 1, data: Buffer.from(text) });
	say("before\nkey: 0123456789");
	source.feed({ kind: "gap", at: 1, reason: "slow", lostBytes: 9 });
	say("abcdefgh");
	say(" and on\nafter\n");
	const turns = source.end(2, false).flatMap((change) => (change.kind === "turn" ? [change.turn] : []));
	expect(turns[0]?.items[0]).toMatchObject({ text: `before\n${TORN_LINE}\nafter` });
});
