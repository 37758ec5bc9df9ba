import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { COMMANDS, loadAll } from "../../src/cli/commands/index.ts";
import { waitForRecorder } from "../../src/cli/commands/sessions-show.ts";
import { runCli } from "../../src/cli/run-cli.ts";
import { COMMAND_NAMES } from "../../src/core/command-names.ts";
import { MIGRATIONS } from "../../src/store/migrations.ts";
import { markMasked } from "../support/mark-masked.ts";
import { addSession, answer, makeSession, makeTurn, STARTED_AT } from "../support/stored-session.ts";
import { buildCli, cliScene, TEST_COMMIT, TEST_VERSION } from "./run-built-cli.ts";

const A = "019b7c00-0000-7000-8000-00000000000a";
const B = "019b7c11-0000-7000-8000-00000000000b";
let cli: string;

beforeAll(() => {
	cli = buildCli();
});

afterAll(() => rmSync(cli, { force: true }));

function filledScene() {
	const place = cliScene(cli);
	const done = { status: "complete" as const, endedAt: STARTED_AT + 61_000, exit: { code: 0 } };
	addSession(place.scene, { id: A, cwd: "~/app", ...done }, [
		makeTurn(1, {
			prompt: { text: "fix the quokka", kind: "prompt" },
			items: [answer("The quokka is fixed.")],
		}),
	]);
	addSession(place.scene, { id: B, startedAt: STARTED_AT + 5000, agent: "generic", ...done });
	return place;
}

/** What the commands themselves say, without a process for each of them. */
async function told(...words: string[]): Promise<string> {
	let text = "";
	const write = (part: string) => {
		text += part;
	};
	const createContext = () => {
		throw new Error("help needs nothing of the machine");
	};
	await runCli({
		words,
		commands: COMMANDS,
		createContext,
		loadPatterns: createContext,
		version: "",
		stdout: write,
		stderr: write,
	});
	return text;
}

describe("the command line", () => {
	test("the words that belong to ctrace are those it has commands for", () => {
		const words = new Set([...COMMANDS.map(({ path }) => path[0]), "help"]);
		expect([...COMMAND_NAMES].sort()).toEqual([...words].sort());
	});

	test("what is called by some words is the command of these words", async () => {
		const commands = await loadAll(COMMANDS);
		expect(COMMANDS.map(({ path }) => path)).toEqual(commands.map(({ path }) => path));
	});

	test("--help names every command and fits one screen; each command's help begins with examples", async () => {
		using place = cliScene(cli);
		const { code, out } = place.run("--help");
		expect(code).toBe(0);
		expect(out.split("\n").length).toBeLessThanOrEqual(25);
		for (const { path, section, examples, options } of await loadAll(COMMANDS)) {
			expect(out).toContain(section === undefined ? path.join(" ") : path[0]);
			expect(await told("help", path[0] ?? "")).toContain(path.join(" "));
			const help = await told(...path, "--help");
			expect(help).toContain(examples[0]?.[0]);
			expect(help.indexOf("Examples")).toBeLessThan(help.indexOf("Usage"));
			for (const { name, isHidden } of options) expect(help.includes(`--${name}`)).toBe(isHidden !== true);
			expect(await told("help", ...path)).toBe(help);
		}
		expect(out.split("\n").every((line) => line.length <= 80)).toBe(true);
	});

	test("--version tells the version, the commit and what data it reads", () => {
		using place = cliScene(cli);
		const facts = `commit ${TEST_COMMIT}, schema ${MIGRATIONS.length}, export v1`;
		expect(place.run("--version")).toEqual({ code: 0, out: `ctrace ${TEST_VERSION} (${facts})\n`, err: "" });
	});

	test.each([
		[["sesions"], "unknown command: ctrace sesions", "Did you mean: ctrace sessions?"],
		[["sessions", "shwo"], "unknown command: ctrace sessions shwo", "Did you mean: ctrace sessions show?"],
		[["sessions", "list", "--limt", "3"], "unknown option --limt", "Did you mean --limit?"],
		[["sessions", "list", "--cwd"], "--cwd needs a value", "See: ctrace sessions list --help"],
		[["sessions", "list", "--limit", "x"], '--limit must be a whole number, not "x"', ""],
		[["sessions", "list", "--status", "complet"], '--status cannot be "complet"', "Did you mean complete?"],
		[["sessions", "list", "--since", "soon"], '--since does not understand "soon"', "2h"],
		[["sessions", "list", "--since", "2026-02-31"], "--since does not understand", "2026-01-31"],
		[["sessions", "list", "stray"], 'nothing to do with "stray"', ""],
		[["sessions", "delete"], "No ID was given", "ctrace sessions list"],
		[["sessions", "delete", A], "no terminal to ask on", "--yes"],
		[["search"], "what shall be searched for?", "ctrace search"],
		[["search", "***"], "what shall be searched for?", "ctrace search"],
		[["export", A], "--format was not given", "json, markdown, html, text"],
		[["export", A, "--format", "htlm"], '--format cannot be "htlm"', "Did you mean html?"],
		[["completion", "fihs"], 'no completion for "fihs"', "Did you mean fish?"],
	])("%j exits 2 and says: %s", (words, message, hint) => {
		using place = filledScene();
		const { code, out, err } = place.run(...words);
		expect([code, out]).toEqual([2, ""]);
		expect(err).toMatch(/^ctrace: /);
		expect(err).toContain(message);
		expect(err).toContain(hint);
		expect(err.match(/^ctrace: /gm)).toHaveLength(1);
	});

	test.each([
		[["sessions", "show", "ffff"], "no session has the id"],
		[["sessions", "show", "019b7c"], "more than one session id begins with"],
		[["export", "last", "-f", "json", "-o", "no/such/dir.json"], "could not write"],
	])("%j exits 1 and says: %s", (words, message) => {
		using place = filledScene();
		const { code, err } = place.run(...words);
		expect(code).toBe(1);
		expect(err).toContain(message);
	});

	test("a database that is not ours is named with advice, and kept", () => {
		using place = cliScene(cli);
		const file = join(place.home, "ct", "data", "ctrace.db");
		place.scene.store.close();
		writeFileSync(file, "my notes");
		const { code, err } = place.run("sessions", "list");
		expect([code, readFileSync(file, "utf8")]).toEqual([1, "my notes"]);
		expect(err).toContain("is not a ctrace database\nMove that file away");
	});

	test("a reader that stops early is no failure", () => {
		using place = filledScene();
		for (let seq = 1; seq < 200; seq += 1)
			place.scene.store.saveTurn(A, markMasked(makeTurn(seq, { items: [answer("long ".repeat(200))] })));
		const script = `"${process.execPath}" "${cli}" sessions show ${A} | head -1; echo "\${PIPESTATUS[0]}"`;
		const result = spawnSync("bash", ["-c", script], { env: place.env, encoding: "utf8" });
		expect(result.stderr).toBe("");
		expect(result.stdout).toMatch(/^.+\n0\n$/);
	});
});

describe("sessions", () => {
	test("list prints a table, newest first, and filters it", () => {
		using place = filledScene();
		const lines = place.run("sessions", "list").out.trimEnd().split("\n");
		expect(lines).toHaveLength(3);
		expect(lines[1]).toMatch(/^019b7c11-0000 {2}2026-01-02 03:04 .*complete .*claude$/);
		expect(lines[2]).toMatch(/^019b7c00-0000 .* ~\/app +fix the quokka$/);
		expect(place.run("sessions", "list", "--agent", "generic").out).not.toContain("quokka");
		expect(place.run("sessions", "list", "--cwd", "app").out).toContain("quokka");
		expect(place.run("sessions", "list", "--since", "1d").err).toBe("No session matches.\n");
		expect(place.run("sessions", "list", "-n", "1").err).toContain("There are more");
		expect(place.run("sessions").out).toBe(place.run("sessions", "list").out);
	});

	test("list --json prints the sessions of the export", () => {
		using place = filledScene();
		const listed = JSON.parse(place.run("sessions", "list", "--json").out);
		const shown = JSON.parse(place.run("sessions", "show", A, "--json").out);
		expect(listed.map(({ id }: { id: string }) => id)).toEqual([B, A]);
		expect(listed[1]).toEqual(shown.session);
		expect(shown).toMatchObject({ version: 1, session: { cwd: "~/app" }, turns: [{ seq: 1 }] });
		expect(place.run("sessions", "list", "--status", "failed", "--json").out).toBe("[]\n");
	});

	test("show takes the beginning of an id and writes no colour into a pipe", () => {
		using place = filledScene();
		const { code, out } = place.run("sessions", "show", "019b7c00");
		expect(code).toBe(0);
		expect(out).toContain("❯ fix the quokka");
		expect(out).toContain("● The quokka is fixed.");
		expect(out).not.toContain("\x1b");
	});

	test("show last looks again until the recorder has finished, and no longer than ten seconds", async () => {
		using place = cliScene(cli);
		const { store, clock } = place.scene;
		store.beginSession(markMasked(makeSession(A)), { pid: 1, wrapperPid: 2 });
		const lookAgain = (ends: boolean) => async () => {
			clock.advance(4000);
			if (ends) store.updateSession(A, markMasked({ status: "complete" as const }));
		};
		const context = { now: () => clock.now(), isProcessAlive: (pid: number) => pid === 1 };
		const before = clock.now();
		await waitForRecorder({ ...context, wait: lookAgain(false) }, store, A);
		expect(clock.now() - before).toBe(12_000);
		await waitForRecorder({ ...context, wait: lookAgain(true) }, store, A);
		expect(clock.now() - before).toBe(16_000);
	});

	test("show last does not wait while the wrapped command still runs", () => {
		using place = cliScene(cli);
		const recorder = { pid: process.pid, wrapperPid: process.pid };
		place.scene.store.beginSession(markMasked(makeSession(A)), recorder);
		expect(place.run("sessions", "show", "--json").out).toContain('"status": "running"');
	});

	test("a session whose recorder is gone is shown as lost", () => {
		using place = cliScene(cli);
		place.scene.store.beginSession(markMasked(makeSession(A)), { pid: deadPid() });
		expect(place.run("sessions", "show").out).toContain("lost (its end was not seen)");
	});

	test("delete --yes removes it for good, and refuses what is being recorded", () => {
		using place = filledScene();
		expect(place.run("sessions", "delete", "019b7c00", "--yes")).toMatchObject({
			code: 0,
			out: `Deleted ${A}\n`,
		});
		expect(place.run("search", "quokka").code).toBe(1);
		const running = place.scene.ids();
		place.scene.store.beginSession(markMasked(makeSession(running)), { pid: process.pid });
		expect(place.run("sessions", "delete", running, B, "--yes")).toMatchObject({ code: 1 });
		expect(place.scene.store.listSessions()).toHaveLength(2);
	});
});

describe("search and export", () => {
	test("search names session, turn and kind", () => {
		using place = filledScene();
		const { out } = place.run("search", "quokka");
		expect(out).toContain("019b7c00-0000  turn 1  prompt  2026-01-02 03:04  ~/app\n  fix the quokka\n");
		const [hit] = JSON.parse(place.run("search", "quok", "--json").out);
		expect(hit).toMatchObject({ session: A, turn: 1, kind: "prompt", cwd: "~/app" });
		expect(hit.snippet).toEqual({ text: "fix the quokka", highlights: [[8, 14]] });
		expect(place.run("search", "nowhere")).toEqual({ code: 1, out: "", err: "Nothing was found.\n" });
		expect(place.run("search", "nowhere", "--json").out).toBe("[]\n");
	});

	test("export writes every format, a file only for its owner's eyes", () => {
		using place = filledScene();
		expect(JSON.parse(place.run("export", A, "--format", "json").out).version).toBe(1);
		expect(place.run("export", A, "-f", "markdown").out).toContain("> fix the quokka");
		expect(place.run("export", A, "-f", "text").out).toContain("❯ fix the quokka");
		expect(place.run("export", A, "-f", "html", "-o", "s.html").err).toBe("Wrote s.html\n");
		expect(readFileSync(join(place.home, "s.html"), "utf8")).toContain("<!DOCTYPE html>");
		expect(statSync(join(place.home, "s.html")).mode & 0o777).toBe(0o600);
	});
});

describe("completion", () => {
	const offered = (place: ReturnType<typeof filledScene>, ...words: string[]) =>
		place
			.run("completion", "--complete", "--", ...words)
			.out.split("\n")
			.map((line) => line.split("\t")[0])
			.filter((value) => value !== "");

	test("offers commands, options, choices and sessions where each may stand", () => {
		using place = filledScene();
		expect(offered(place, "se")).toEqual(["sessions", "search", "service"]);
		expect(offered(place, "sessions", "")).toEqual(["list", "show", "delete"]);
		expect(offered(place, "sessions", "list", "--s")).toEqual(["--since", "--status"]);
		expect(offered(place, "sessions", "list", "--status", "")).toEqual([
			"complete",
			"running",
			"lost",
			"failed",
		]);
		expect(offered(place, "sessions", "show", "")).toEqual(["last", B, A]);
		expect(offered(place, "export", "019b7c0")).toEqual([A]);
		expect(offered(place, "completion", "")).toEqual(["bash", "zsh", "fish"]);
		expect(offered(place, "claude", "")).toEqual([]);
	});

	test("bash completes with the script it is given", () => {
		using place = filledScene();
		const script = `
			ctrace() { "${process.execPath}" "${cli}" "$@"; }
			eval "$(ctrace completion bash)"
			COMP_WORDS=(ctrace sessions sh) COMP_CWORD=2; _ctrace_complete; echo "\${COMPREPLY[@]}"
			COMP_WORDS=(ctrace export 019b7c1) COMP_CWORD=2; _ctrace_complete; echo "\${COMPREPLY[@]}"`;
		const result = spawnSync("bash", ["-c", script], { env: place.env, encoding: "utf8" });
		expect(result).toMatchObject({ stdout: `show\n${B}\n`, stderr: "" });
	});
});

/** The pid of a process that has just ended. */
function deadPid(): number {
	return spawnSync("true").pid;
}
