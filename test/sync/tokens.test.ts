/** Access tokens that run out: before a request, on the way, in two processes at once, and for good. */
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { createSyncKit } from "../../src/sync/kit.ts";
import { readSignedIn } from "../../src/sync/tokens.ts";
import type { Fault } from "../../test-stack/src/gateway.ts";
import { PUBLISHABLE_KEY } from "../../test-stack/src/stack.ts";
import { addSession, makeTurn, temporaryStore } from "../support/stored-session.ts";
import { describeWithStack } from "./with-stack.ts";

const LIFETIME_S = 3600;
const EXPIRED: Fault = { kind: "answer", status: 401, body: { code: "PGRST301", message: "JWT expired" } };

describeWithStack(
	"access tokens",
	(stack) => {
		const folders: string[] = [];
		afterEach(() => {
			for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
		});

		function place() {
			const stateDir = join(mkdtempSync(join(tmpdir(), "ctrace-tokens-")), "state");
			folders.push(join(stateDir, ".."));
			return stateDir;
		}

		function kit(stateDir: string, now: () => number = () => Date.now()) {
			return createSyncKit({
				project: { url: stack().url, key: PUBLISHABLE_KEY },
				stateDir,
				isKeychainUsed: false,
				clock: { now },
				fetch,
				chance: () => 0,
				process: { holder: stateDir, pid: process.pid, isAlive: () => true },
				shareWith: undefined,
			});
		}

		const password = `pass-${"word"}-for-tests`;

		test("one that runs out in the middle is renewed, and nothing has to be sent by hand", async () => {
			using scene = temporaryStore();
			const stateDir = place();
			// To a clock that is an hour late the first token is good for long: only the project's refusal tells.
			const sync = kit(stateDir, () => Date.now() - 3_600_000);
			const first = await sync.signIn.asNewUser("one@example.com", password);
			// A token made in the same second for the same person is the same token.
			const second = () => Math.floor(Date.now() / 1000);
			const made = second();
			await expect.poll(second, { timeout: 2000 }).not.toBe(made);
			addSession(scene, {}, [makeTurn(1)]);
			stack().setFault(({ token, path }) =>
				token === first.accessToken && path.includes("/turns") ? EXPIRED : undefined,
			);
			expect(await sync.push(scene.store.sync)).toMatchObject({ kind: "done", sent: 2 });
			stack().setFault(undefined);
			const kept = readSignedIn(stateDir, stack().url);
			expect(kept?.refreshToken).not.toBe(first.refreshToken);
			expect(statSync(join(stateDir, "supabase-session.json")).mode & 0o777).toBe(0o600);
		});

		test("two processes that need a new one at the same time both go on", async () => {
			const stateDir = place();
			await kit(stateDir).signIn.asNewUser("two@example.com", password);
			const scenes = [temporaryStore(), temporaryStore()];
			const pushes = scenes.map((scene) => {
				addSession(scene, {}, [makeTurn(1)]);
				// Half a minute before it runs out.
				return kit(stateDir, () => Date.now() + (LIFETIME_S - 30) * 1000).push(scene.store.sync);
			});
			expect(await Promise.all(pushes)).toMatchObject([{ kind: "done" }, { kind: "done" }]);
			for (const scene of scenes) scene[Symbol.dispose]();
		});

		test("one of another project is never used, and what is kept goes with logout", async () => {
			const stateDir = place();
			const sync = kit(stateDir);
			const { accessToken } = await sync.signIn.asNewUser("three@example.com", password);
			expect(readSignedIn(stateDir, "https://other.example.com")).toBeUndefined();
			expect(readFileSync(join(stateDir, "supabase-session.json"), "utf8")).toContain(accessToken);
			await sync.signIn.out();
			expect(sync.signIn.who()).toBeUndefined();
			using scene = temporaryStore();
			expect(() => sync.push(scene.store.sync)).toThrow("nobody is signed in");
		});

		test("when the refresh token is of no use any more the person is asked to sign in, and nothing is lost", async () => {
			const stateDir = place();
			const sync = kit(stateDir);
			await sync.signIn.asNewUser("four@example.com", password);
			await stack().db.query("delete from auth.refresh_tokens");
			using scene = temporaryStore();
			addSession(scene, {}, [makeTurn(1)]);
			stack().setFault(({ path }) => (path.startsWith("/rest") ? EXPIRED : undefined));
			expect(await sync.push(scene.store.sync)).toMatchObject({ kind: "signed-out" });
			stack().setFault(undefined);
			expect(scene.store.sync.outbox.counts()).toMatchObject({ sessions: 1, turns: 1, setAside: 0 });
		});
	},
	{ auth: { lifetimeS: LIFETIME_S } },
);
