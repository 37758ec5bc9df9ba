/** `npm run bench:backup`: 10,000 sessions into a repository on this disk, one more, and all of them back. Prints seconds. */
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readTarget } from "../../src/backup/remote.ts";
import { restoreBackup } from "../../src/backup/restore.ts";
import { type BackupTools, runBackup } from "../../src/backup/run-backup.ts";
import { findWith, maskWith, writeWith } from "../../src/cli/backup/open-backup.ts";
import { createIdMaker } from "../../src/core/ids.ts";
import { createMasker } from "../../src/masking/masker.ts";
import { loadSecretRules } from "../../src/patterns/load-secrets.ts";
import { importV1 } from "../../src/store/import-v1.ts";
import { openStore } from "../../src/store/open-store.ts";
import type { Store } from "../../src/store/store.ts";
import { answer, makeSession, makeTurn, STARTED_AT } from "../support/stored-session.ts";

const SESSIONS = Number(process.argv[2] ?? 10_000);
const TURNS = 5;
const PROJECTS = 20;

const folder = mkdtempSync(join(tmpdir(), "ctrace-bench-"));
const remote = join(folder, "remote.git");
execFileSync("git", ["init", "--quiet", "--bare", remote]);
execFileSync("git", ["-C", remote, "config", "uploadpack.allowFilter", "true"]);
const masker = createMasker({
	rules: loadSecretRules("patterns/secrets"),
	mode: "strict",
	tag: () => "aaaaaaaa",
	knownValues: [],
	allow: [],
});
const clock = { now: () => Date.now() };
const ids = createIdMaker(clock, (count) => randomBytes(count));
let seed = 1;

const here = open("here");
fill(here);
const written = here
	.listSessions({ limit: 200 })
	.reduce((sum, { session }) => sum + textOf(here, session.id), 0);
say("sessions", `${SESSIONS}, ${(((written / 200) * SESSIONS) / 1e6).toFixed(0)} MB as exports`);
const first = await time(() => runBackup(tools(here, "here")));
say(
	"the first backup",
	`${first.seconds.toFixed(1)} s (bar 60 s), ${(first.value.bytes / 1e6).toFixed(0)} MB sent`,
);
addOne(here, SESSIONS);
say(
	"one session more",
	`${(await time(() => runBackup(tools(here, "here")))).seconds.toFixed(2)} s (bar 2 s)`,
);
const there = open("there");
const restored = await time(() =>
	restoreBackup({ ...tools(there, "there"), read: importV1, mask: maskWith(masker), onProgress: () => {} }),
);
say(
	"the restore",
	`${restored.seconds.toFixed(1)} s (bar 60 s), ${restored.value.restored} sessions, ${restored.value.damaged.length} damaged`,
);
say("equal", String(isEqual()));
for (const store of [here, there]) store.close();
rmSync(folder, { recursive: true });

function open(name: string): Store {
	return openStore({ path: join(folder, name, "ctrace.db"), clock, ids });
}

function tools(store: Store, name: string): BackupTools {
	const settings = {
		githubRepo: undefined,
		githubToken: undefined,
		remote: `file://${remote}`,
		branch: "main",
		author: "Ada <ada@example.org>",
	};
	const target = readTarget(settings, name);
	if (target === undefined) throw new TypeError("there is a remote");
	return {
		store,
		target,
		place: { directory: join(folder, name, "clone"), env: process.env, signal: new AbortController().signal },
		write: writeWith("/home/ada"),
		findSecrets: findWith(masker),
		now: () => Date.now(),
		pause: () => Promise.resolve(),
		onProgress: () => {},
	};
}

function fill(store: Store): void {
	using bulk = store.beginBulk();
	void bulk;
	for (let from = 0; from < SESSIONS; from += 200)
		store.transaction(() => {
			for (let n = from; n < Math.min(from + 200, SESSIONS); n += 1) addOne(store, n);
		});
}

function addOne(store: Store, n: number): void {
	const id = ids();
	const startedAt = STARTED_AT + n * 3_600_000;
	const facts = { cwd: `~/garden/p${n % PROJECTS}`, startedAt, status: "complete" as const, title: words(5) };
	store.beginSession(masker.mask(makeSession(id, facts)).value, { pid: 1 });
	for (let seq = 1; seq <= TURNS; seq += 1)
		store.saveTurn(
			id,
			masker.mask(
				makeTurn(seq, {
					prompt: { text: words(12), kind: "prompt" },
					startedAt: startedAt + seq * 1000,
					items: [
						answer(words(40)),
						{
							kind: "tool",
							name: "Bash",
							input: { command: words(4) },
							output: words(60),
							status: "ok",
							source: "both",
						},
						answer(words(80)),
					],
				}),
			).value,
		);
}

function textOf(store: Store, id: string): number {
	return writeWith("/home/ada")(store.readSession(id)).json.length;
}

function isEqual(): boolean {
	const write = writeWith("/home/ada");
	return here
		.listSessions()
		.every(({ session: { id } }) => write(here.readSession(id)).json === write(there.readSession(id)).json);
}

function words(count: number): string {
	return Array.from({ length: count }, () => {
		seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
		return (seed >>> 8).toString(36).replace(/[0-9]/gu, (digit) => "aeioulnrst"[Number(digit)] ?? "");
	}).join(" ");
}

async function time<T>(work: () => Promise<T>): Promise<{ readonly seconds: number; readonly value: T }> {
	const began = performance.now();
	const value = await work();
	return { seconds: (performance.now() - began) / 1000, value };
}

function say(name: string, figure: string): void {
	process.stdout.write(`${name.padEnd(20)}${figure}\n`);
}
