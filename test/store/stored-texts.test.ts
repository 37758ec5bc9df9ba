import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import type { StoredText } from "../../src/store/stored-text.ts";
import { OWN_COLUMNS } from "../../src/store/stored-texts.ts";
import { markMasked } from "../support/mark-masked.ts";
import {
	addSession,
	answer,
	makeTurn,
	type TemporaryStore,
	temporaryStore,
} from "../support/stored-session.ts";

const SECRET = ["quokka", "Wombat", "1234567"].join("");

/** A word in the place of the secret, whatever the value's shape. */
function hide(value: unknown): unknown {
	return JSON.parse(JSON.stringify(value).replaceAll(SECRET, "[[hidden]]"));
}

function hideAll(scene: TemporaryStore, id: string): readonly StoredText[] {
	const texts = scene.store.readTexts(id).filter(({ value }) => JSON.stringify(value).includes(SECRET));
	const replacements = texts.map((text) => ({ text, value: markMasked(hide(text.value)) }));
	scene.store.replaceTexts(id, replacements, [{ turn: 1, rule: "animal", count: texts.length }]);
	return texts;
}

function rawBytes(scene: TemporaryStore): string {
	const folder = dirname(scene.path);
	return readdirSync(folder)
		.map((name) => readFileSync(join(folder, name)).toString("latin1"))
		.join("\n");
}

/** One session with the secret in whatever a session can say. */
function everywhere(scene: TemporaryStore): string {
	const item = { source: "terminal", confidence: 1 } as const;
	return addSession(
		scene,
		{
			command: ["run", SECRET],
			cwd: `/home/ada/${SECRET}`,
			git: { remote: `https://${SECRET}@x.org`, branch: SECRET, commit: SECRET },
			host: SECRET,
			user: SECRET,
			title: SECRET,
			agentVersion: SECRET,
			agentSessionIds: [SECRET],
			gaps: [{ at: 1, reason: SECRET, lostBytes: 2 }],
			maskedCount: { [SECRET]: 1 },
		},
		[
			makeTurn(1, {
				prompt: { text: `say ${SECRET}`, kind: "prompt" },
				usage: { models: [SECRET] },
				recogniser: SECRET,
				items: [
					answer(SECRET),
					{
						...item,
						kind: "tool",
						name: SECRET,
						input: { deep: [SECRET] },
						output: `{"a":"${SECRET}"}`,
						status: "ok",
					},
					{ ...item, kind: "tool", name: "Bash", input: SECRET, status: "ok" },
					{ ...item, kind: "permission", question: SECRET, tool: SECRET, options: [SECRET], choice: SECRET },
				],
			}),
		],
	);
}

describe("the texts that are stored", () => {
	test("are all of them: whatever names a secret is found, replaced, and gone from every byte", () => {
		using scene = temporaryStore();
		const id = everywhere(scene);
		expect(scene.store.search([SECRET]).length).toBeGreaterThan(0);
		expect(hideAll(scene, id).length).toBeGreaterThan(15);
		expect(scene.store.purge()).toEqual({ isWiped: true });
		expect(rawBytes(scene)).not.toContain(SECRET);
		expect(rawBytes(scene)).not.toContain(SECRET.toLowerCase());
		expect(scene.store.search([SECRET])).toEqual([]);
		expect(scene.store.search(["hidden"]).length).toBeGreaterThan(0);
		expect(JSON.stringify(scene.store.readSession(id))).not.toContain(SECRET);
	});

	test("stay what they were beside what was replaced, and count as changed", () => {
		using scene = temporaryStore();
		const id = everywhere(scene);
		const before = scene.store.readSession(id);
		hideAll(scene, id);
		const after = scene.store.readSession(id);
		expect(after.turns[0]?.items).toEqual(hide(before.turns[0]?.items));
		expect(after.turns[0]?.revision).toBe((before.turns[0]?.revision ?? 0) + 1);
		expect(after.session.maskedCount.animal).toBeGreaterThan(15);
		expect(after.turns[0]?.maskedCount).toEqual({ animal: after.session.maskedCount.animal });
	});

	test("stay when somebody else has changed them since they were read", () => {
		using scene = temporaryStore();
		const id = addSession(scene, { title: SECRET }, [makeTurn(1)]);
		const texts = scene.store.readTexts(id);
		scene.store.updateSession(id, markMasked({ title: "a newer title" }));
		scene.store.replaceTexts(
			id,
			texts.map((text) => ({ text, value: markMasked(hide(text.value)) })),
			[],
		);
		expect(scene.store.readSession(id).session.title).toBe("a newer title");
	});

	test("leave out nothing but what ctrace itself makes up", () => {
		using scene = temporaryStore();
		addSession(scene, {}, [makeTurn(1)]);
		const db = new Database(scene.path, { readonly: true });
		const columns = db
			.prepare<[], { name: string }>(
				`SELECT c.name FROM sqlite_schema t, pragma_table_info(t.name) c
				WHERE t.type = 'table' AND t.name NOT LIKE 'search%' AND t.name NOT LIKE 'sqlite_%' AND c.type = 'TEXT'`,
			)
			.all();
		db.close();
		const left = columns.map(({ name }) => name).filter((name) => OWN_COLUMNS.includes(name));
		expect([...new Set(left)].sort()).toEqual(
			[
				"anchor",
				"encoding",
				"fingerprint",
				"id",
				"kind",
				"prompt_kind",
				"recorder_boot_id",
				"source",
				"status",
			].sort(),
		);
	});
});
