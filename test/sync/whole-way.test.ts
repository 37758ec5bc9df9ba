/** The shipped programs, as two people would use them: sign in, record, sync, share, watch, delete. */
import { execFile, execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PUBLISHABLE_KEY, SECRET_KEY } from "../../test-stack/src/stack.ts";
import { cleanEnvironment, Outside, temporaryHome } from "../support/outside.ts";
import { describeWithStack } from "./with-stack.ts";

const PLACE = resolve(".cache", `whole-way-${process.pid}`);
const CLI = join(PLACE, "dist", "cli.cjs");
/** Longer than anybody would wait for a prompt, shorter than a request may take. */
const HANGS_MS = 12_000;
/** From a program's last word to the prompt: two processes come to their end. */
const AT_ONCE_MS = 2_000;
const DEMO = join(PLACE, "dist", "demo-agent.js");

describeWithStack(
	"the whole way",
	(stack) => {
		const homes: ReturnType<typeof temporaryHome>[] = [];
		beforeAll(() => {
			execFileSync(process.execPath, ["scripts/build.mjs", join(PLACE, "dist")]);
			for (const folder of ["patterns", "supabase"]) cpSync(folder, join(PLACE, folder), { recursive: true });
		});
		afterAll(() => {
			rmSync(PLACE, { recursive: true, force: true });
			for (const home of homes) home.remove();
		});

		function machine(key = PUBLISHABLE_KEY) {
			const home = temporaryHome();
			homes.push(home);
			const records = join(home.path, "ct");
			const env = {
				...cleanEnvironment(),
				HOME: home.path,
				CTRACE_HOME: records,
				CTRACE_DEMO_PACE: "0.3",
				CTRACE_PAGER: "",
				// A project that the person stands in has a Supabase of its own: it must not matter.
				SUPABASE_URL: "https://somebody-else.example.com",
				SUPABASE_KEY: "sb_publishable_of-somebody-else",
			};
			mkdirSync(join(records, "config"), { recursive: true });
			writeFileSync(join(records, "config", ".env"), `SUPABASE_URL=${stack().url}\nSUPABASE_KEY=${key}\n`);
			const run = (words: readonly string[], input = "") =>
				new Promise<{ code: number; out: string; err: string }>((resolve) => {
					const child = execFile(
						process.execPath,
						[CLI, ...words],
						{ env, cwd: home.path },
						(error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), out, err }),
					);
					child.stdin?.end(input);
				});
			return { env, records, run };
		}

		const password = `pass-${"word"}-for-tests`;
		const signUp = async (one: ReturnType<typeof machine>, email: string) =>
			expect(await one.run(["login", email, "--new"], `${password}\n`)).toMatchObject({ code: 0, err: "" });
		const ids = async (sql: string) => (await stack().db.query(sql)).rows;

		test("what is recorded is there while it runs, is shown to who watches, and goes when it is deleted", async () => {
			const ada = machine();
			await signUp(ada, "ada@example.com");
			expect(statSync(join(ada.records, "state", "supabase-session.json")).mode & 0o777).toBe(0o600);
			const tower = machine();
			expect(await tower.run(["login", "ada@example.com"], `${password}\n`)).toMatchObject({ code: 0 });
			const watching = spawn(process.execPath, [CLI, "watch"], { env: tower.env });
			let seen = "";
			watching.stdout.on("data", (text) => {
				seen += text;
			});
			let told = "";
			watching.stderr.on("data", (text) => {
				told += text;
			});
			await expect.poll(() => told, { timeout: 10_000 }).toContain("Watching");

			const outside = new Outside(
				[process.execPath, join(PLACE, "dist", "wrap.cjs"), "--", process.execPath, DEMO],
				{ env: ada.env },
			);
			await expect
				.poll(() => ids("select status from sessions"), { timeout: 10_000 })
				.toEqual([{ status: "running" }]);
			await expect.poll(() => seen, { timeout: 15_000 }).toContain("Which files are here");
			expect((await outside.exited).code).toBe(0);
			await expect
				.poll(() => ids("select status from sessions"), { timeout: 15_000 })
				.toEqual([{ status: "complete" }]);
			await expect.poll(() => seen, { timeout: 15_000 }).toContain("Make it friendlier");
			watching.kill("SIGINT");
			expect(seen.match(/Which files are here/g)).toHaveLength(1);
			expect(seen.match(/Make it friendlier/g)).toHaveLength(1);

			const status = JSON.parse((await ada.run(["sync", "status", "--json"])).out);
			expect(status).toMatchObject({
				url: stack().url,
				account: "ada@example.com",
				waiting: { sessions: 0, turns: 0, setAside: 0 },
			});
			expect(await tower.run(["sync", "--pull"])).toMatchObject({
				code: 0,
				out: expect.stringContaining("1 session and 0 deletions"),
			});
			const shown = (one: typeof ada) =>
				one.run(["sessions", "show", "last", "--json"]).then(({ out }) => JSON.parse(out));
			expect(await shown(tower)).toEqual(await shown(ada));

			expect(await tower.run(["sessions", "delete", "last", "--yes"])).toMatchObject({ code: 0 });
			expect(await tower.run(["sync"])).toMatchObject({ code: 0, out: expect.stringContaining("1 sent") });
			expect(await ids("select 1 from sessions")).toEqual([]);
			expect(await ada.run(["sync", "--pull"])).toMatchObject({
				code: 0,
				out: expect.stringContaining("1 deletion"),
			});
			expect(JSON.parse((await ada.run(["sessions", "list", "--json"])).out)).toEqual([]);
		}, 90_000);

		test("a team: invited, joined, shared with by a rule, seen, and left", async () => {
			const [boss, sam] = [machine(), machine()];
			await signUp(boss, "boss@example.com");
			await signUp(sam, "sam@example.com");
			expect(await boss.run(["team", "create", "Garden"])).toMatchObject({ code: 0 });
			const code = (await boss.run(["team", "invite", "sam@example.com"])).out.trim();
			expect(await boss.run(["team", "join", code])).toMatchObject({ code: 1 });
			expect(await sam.run(["team", "join", code])).toMatchObject({
				code: 0,
				out: "You are in Garden, as member.\n",
			});
			expect((await boss.run(["team", "members"])).out).toMatch(
				/owner +boss@example.com\n +member +sam@example.com/,
			);
			expect(await sam.run(["team", "share", "--dir", "."])).toMatchObject({
				code: 0,
				out: expect.stringMatching(/^directory ~ team /),
			});
			const wrap = [join(PLACE, "dist", "wrap.cjs"), "echo", "hello"];
			execFileSync(process.execPath, wrap, { env: sam.env, cwd: sam.env.HOME });
			await expect
				.poll(() => ids("select team_id is not null as shared, status from sessions"), { timeout: 15_000 })
				.toEqual([{ shared: true, status: "complete" }]);
			expect(await sam.run(["team", "leave"])).toMatchObject({ code: 0 });
			expect(await ids("select team_id from sessions")).toEqual([{ team_id: null }]);
			expect(await sam.run(["sync"])).toMatchObject({ code: 0 });
			expect(await ids("select team_id from sessions")).toEqual([{ team_id: null }]);
		}, 60_000);

		test("signing in by a code, out again, and what is told to who is not", async () => {
			const one = machine();
			await signUp(one, "kim@example.com");
			expect(await one.run(["whoami"])).toMatchObject({
				code: 0,
				out: `kim@example.com at ${stack().url}\n`,
			});
			expect(await one.run(["supabase", "check"])).toMatchObject({ code: 0 });
			expect(await one.run(["logout"])).toMatchObject({ code: 0 });
			expect(await one.run(["whoami"])).toMatchObject({ code: 1 });
			expect(await one.run(["sync"])).toMatchObject({
				code: 1,
				err: expect.stringContaining("ctrace login EMAIL"),
			});
			expect(await one.run(["login", "kim@example.com"], "wrong\n")).toMatchObject({
				code: 1,
				err: expect.stringContaining("did not let you in"),
			});
			const child = spawn(process.execPath, [CLI, "login", "kim@example.com", "--code"], { env: one.env });
			const mailed = () => />(\d{6})</.exec(stack().auth?.mailTo("kim@example.com") ?? "")?.[1];
			await expect.poll(mailed, { timeout: 10_000 }).toBeDefined();
			child.stdin.end(`${mailed()}\n`);
			expect(await new Promise((done) => child.on("exit", done))).toBe(0);
			expect(await one.run(["whoami"])).toMatchObject({ code: 0 });
		}, 60_000);

		test("the prompt is back at once with a project that hangs, and the recorder finishes behind it", async () => {
			const eve = machine();
			await signUp(eve, "eve@example.com");
			const mine =
				"select s.status from sessions s join auth.users u on u.id = s.user_id where u.email like 'eve@%'";
			let isAsked = false;
			stack().setFault(() => {
				isAsked = true;
				return { kind: "delay", ms: HANGS_MS };
			});
			const program = "setTimeout(() => process.stdout.write('the last word\\n'), 4000)";
			const outside = new Outside(
				[process.execPath, join(PLACE, "dist", "wrap.cjs"), "--", process.execPath, "-e", program],
				{ env: eve.env },
			);
			await expect.poll(() => isAsked, { timeout: 15_000 }).toBe(true);
			await outside.until((text) => text.includes("the last word"), "its end", 20_000);
			const ended = performance.now();
			expect((await outside.exited).code).toBe(0);
			expect(performance.now() - ended).toBeLessThan(AT_ONCE_MS);
			expect(await ids(mine)).toEqual([]);
			stack().setFault(undefined);
			await expect.poll(() => ids(mine), { timeout: 30_000 }).toEqual([{ status: "complete" }]);
		}, 90_000);

		test("the service-role key is refused as the ordinary one, and a project that lacks something is told what", async () => {
			const wrong = machine(SECRET_KEY);
			expect(await wrong.run(["sync"])).toMatchObject({
				code: 1,
				err: expect.stringContaining("service-role key"),
			});
			const one = machine();
			await signUp(one, "lee@example.com");
			await stack().db.query("alter table items disable row level security");
			await stack().db.query("alter table turns drop column recogniser");
			await stack().db.query("alter publication supabase_realtime drop table turns");
			const { code, out } = await one.run(["supabase", "check"]);
			expect({ code, out }).toEqual({
				code: 1,
				out: expect.stringMatching(
					/security is OFF for items[\s\S]*turns lacks recogniser[\s\S]*publication/,
				),
			});
			const { out: sql } = await one.run(["supabase", "schema"]);
			expect(sql).toContain("create table public.sessions");
			await stack().db.query(
				"drop schema public cascade; create schema public; grant usage on schema public to anon, authenticated, service_role; drop schema ctrace_private cascade",
			);
			await expect
				.poll(async () => (await one.run(["supabase", "check"])).out, { timeout: 10_000 })
				.toContain("tables are not there");
			await stack().db.query(sql);
			await expect.poll(async () => (await one.run(["supabase", "check"])).code, { timeout: 10_000 }).toBe(0);
		}, 60_000);
	},
	{ auth: {} },
);
