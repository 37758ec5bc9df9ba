/** A writer process: `node … PATH SESSIONS TURNS [BYTES]`. Prints the ids it wrote, or the code of what stopped it. */
import { randomBytes } from "node:crypto";
import { CtraceError } from "../../src/core/errors.ts";
import { createIdMaker } from "../../src/core/ids.ts";
import { openStore } from "../../src/store/open-store.ts";
import { markMasked } from "../support/mark-masked.ts";
import { answer, makeSession, makeTurn } from "../support/stored-session.ts";

const [path = "", sessions, turns, bytes = "100"] = process.argv.slice(2);
const clock = { now: () => Date.now() };
const ids = createIdMaker(clock, (count) => randomBytes(count));

try {
	using store = openStore({ path, clock, ids });
	for (let n = 0; n < Number(sessions); n += 1) {
		const id = ids();
		store.beginSession(markMasked(makeSession(id)), { pid: process.pid });
		for (let seq = 1; seq <= Number(turns); seq += 1) {
			const text = "lorem ".repeat(Math.ceil(Number(bytes) / 6));
			store.saveTurn(id, markMasked(makeTurn(seq, { status: "running", items: [answer(text)] })));
			store.saveTurn(id, markMasked(makeTurn(seq, { items: [answer(text), answer("done")] })));
		}
		store.updateSession(id, markMasked({ status: "complete" as const }));
		process.stdout.write(`${id}\n`);
	}
} catch (error) {
	if (!(error instanceof CtraceError)) throw error;
	process.stdout.write(`stopped: ${error.code} retryable=${error.retryable}\n`);
}
