/** What the person says of sessions, on its way: to the project and back, and out of the store. */
import { expect, test } from "vitest";
import type { Session } from "../../src/core/session.ts";
import { exportV1 } from "../../src/store/export-v1.ts";
import { pulledSession } from "../../src/sync/plan-pull.ts";
import { sessionRow } from "../../src/sync/plan-rows.ts";
import { markMasked } from "../support/mark-masked.ts";
import { addSession, type TemporaryStore, temporaryStore } from "../support/stored-session.ts";

const OWNER = { userId: "u", machineId: "m" };
const DONE = { status: "complete", endedAt: 2_000_000_000_000 } as const;

/** As a push and a pull would: what the project keeps is all that goes between. */
function carry(from: TemporaryStore, to: TemporaryStore, id: string): Session {
	const [change] = from.store.sync.outbox
		.next({ changes: 9, bytes: 1e6 })
		.filter((one) => one.sessionId === id);
	if (change?.kind !== "session") throw new Error("the session waits to be sent");
	const row = JSON.parse(JSON.stringify(sessionRow(change, OWNER, null)));
	to.store.sync.savePulled(markMasked(pulledSession(row, [], [])));
	return to.store.readHead(id);
}

test("pin, tags and note travel with the session, and so does taking them back", () => {
	using here = temporaryStore();
	using there = temporaryStore();
	const id = addSession(here, DONE);
	here.store.updateSession(
		id,
		markMasked({ pinned: true, tags: ["auth", "bug-42"], note: "the fix that held" }),
	);
	const marks = { pinned: true, tags: ["auth", "bug-42"], note: "the fix that held" };
	expect(carry(here, there, id)).toMatchObject(marks);
	expect(exportV1(there.store.readHead(id), [], { home: "/" }).session).toMatchObject(marks);
	here.store.updateSession(id, markMasked({ pinned: false, tags: [], note: "" }));
	const bare = exportV1(carry(here, there, id), [], { home: "/" }).session;
	for (const name of ["pinned", "tags", "note"]) expect(bare).not.toHaveProperty(name);
});

test("the privacy audit sees tags and notes", () => {
	using scene = temporaryStore();
	const id = addSession(scene, DONE);
	scene.store.updateSession(id, markMasked({ tags: ["auth"], note: "{not json}" }));
	const texts = scene.store.readTexts(id).map(({ column, value }) => [column, value]);
	expect(texts).toContainEqual(["tags", ["auth"]]);
	expect(texts).toContainEqual(["note", "{not json}"]);
});

test("all words of a search must be in one session's tags and note", () => {
	using scene = temporaryStore();
	const id = addSession(scene, { ...DONE, cwd: "~/a" });
	const other = addSession(scene, { ...DONE, cwd: "~/b" });
	scene.store.updateSession(id, markMasked({ tags: ["release"], note: "The Quokka was fed" }));
	scene.store.updateSession(other, markMasked({ note: "no quokka here" }));
	const found = (...words: string[]) => scene.store.searchMarks(words).map(({ sessionId }) => sessionId);
	expect(found("quok")).toEqual([other, id]);
	expect(found("release", "quokka")).toEqual([id]);
	expect(found("#release")).toEqual([id]);
	expect(found("quokka was")).toEqual([id]);
	expect(found("release", "here")).toEqual([]);
	expect(scene.store.searchMarks(["quokka"], { cwd: "~/b" })).toHaveLength(1);
	expect(scene.store.searchMarks(["quokka"], { limit: 1 })).toHaveLength(1);
});
