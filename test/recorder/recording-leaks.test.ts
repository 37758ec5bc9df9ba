/** Secrets on the screen of a recorded session, searched for in every byte of the database, its log and its free pages. */

import { join } from "node:path";
import Database from "better-sqlite3";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { partsOf, RecordedShell } from "../support/recorded-shell.ts";
import { madeUpSecrets } from "../support/secrets.ts";

const KNOWN = "correct horse battery staple";
/** What is no secret: that it is found proves that the search finds. */
const HARMLESS = "an ordinary sentence about tomatoes";

function leaksIn(bytes: string, secrets: readonly string[]): string[] {
	const found = secrets.flatMap((secret) => partsOf(secret).filter((part) => bytes.includes(part)));
	return bytes.includes(KNOWN.slice(0, 9)) ? [...found, KNOWN] : found;
}

/** Between the third row and the eighth: what scrolls there leaves the rows around it alone. */
const REGION = "\x1b[3;8r";
/** What moves rows within a region, and at its edges. */
const MOVES = [
	"\r\n",
	"\x1b[8;1H\n",
	"\x1b[3;1H\x1bM",
	"\x1b[S",
	"\x1b[T",
	"\x1b[4;1H\x1b[L",
	"\x1b[4;1H\x1b[M",
];

describe("in every byte of the database", () => {
	test("is no secret of a scrolled region, whole or in pieces, however its rows were moved", () => {
		const step = fc.record({
			size: fc.integer({ min: 1, max: 24 }),
			move: fc.constantFrom("", "", ...MOVES),
		});
		fc.assert(
			fc.property(fc.array(step, { minLength: 3, maxLength: 8 }), fc.integer(), (steps, seed) => {
				const secrets = Object.values(madeUpSecrets(seed));
				using own = new RecordedShell(KNOWN);
				const session = own.begin();
				session.show(`title\r\n${REGION}\x1b[5;1H`);
				for (const secret of [...secrets, KNOWN]) {
					session.show("\x1b[6;1Hkey=");
					for (let at = 0, i = 0; at < secret.length; i += 1) {
						const { size = 24 } = steps[i % steps.length] ?? {};
						session.show(secret.slice(at, at + size));
						at += size;
					}
					for (const { move } of steps) session.show(move);
					session.show(`\x1b[7;1H${secret} ${KNOWN} and on\r\n`);
				}
				session.show(`\x1b[r\x1b[12;1H${HARMLESS}\r\n`);
				session.close();
				const bytes = own.everyByte();
				expect(bytes).toContain(HARMLESS);
				expect(leaksIn(bytes, secrets)).toEqual([]);
			}),
			{ numRuns: 6 },
		);
	}, 60_000);

	test("is none where a session was, free pages and write-ahead log included", () => {
		const secrets = Object.values(madeUpSecrets(11));
		using shell = new RecordedShell(KNOWN);
		const session = shell.begin();
		for (let line = 0; line < 120; line += 1)
			session.show(`${line} ${secrets[line % secrets.length]} ${KNOWN} ${HARMLESS}\r\n`);
		session.close();
		expect(shell.rawBytes()).toContain(HARMLESS);
		expect(leaksIn(shell.everyByte(), secrets)).toEqual([]);
		shell.stages.store.deleteSession(session.id);
		const db = new Database(join(shell.home, "ctrace.db"), { readonly: true });
		expect(Number(db.pragma("freelist_count", { simple: true }))).toBeGreaterThan(0);
		db.close();
		expect(leaksIn(shell.rawBytes(), secrets)).toEqual([]);
	});
});
