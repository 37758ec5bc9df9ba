/** A machine as the documents speak of it: Ada's, with a few sessions, a project and the files that are named. */
import { spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import Database from "better-sqlite3";
import { spawn as spawnInTerminal } from "node-pty";
import { ROOT } from "../hygiene/repository.ts";
import { removeFolder } from "../support/remove-folder.ts";

/** The id that the documents use. */
const KNOWN_ID = "0190c3f2-7a11-7000-8000-00000000000a";
const FIXTURE = join(ROOT, "test/fixtures/claude-code/2.1.197/permissions");

export interface Ran {
	readonly code: number | null;
	readonly out: string;
	readonly err: string;
}

export class DocumentedMachine implements Disposable {
	readonly #folder = mkdtempSync(join(tmpdir(), "ctrace-lines-"));
	readonly #home = join(this.#folder, "ada");
	readonly #app = join(this.#home, "app");

	private constructor() {}

	static async create(): Promise<DocumentedMachine> {
		const machine = new DocumentedMachine();
		machine.#fillHome();
		machine.#fillProject();
		machine.#fillPast();
		await machine.#fillStore();
		return machine;
	}

	/** A copy to run one line in: what a line changes no other one sees. */
	copy(): DocumentedMachine {
		const machine = new DocumentedMachine();
		cpSync(this.#folder, machine.#folder, { recursive: true });
		return machine;
	}

	/** In Ada's project. Ends what it started when the time is over. */
	run(line: string, milliseconds: number): Promise<Ran> {
		return new Promise((resolve) => {
			const child = spawn("bash", ["-c", line.replaceAll("./bin/ctrace.js", "ctrace")], {
				cwd: this.#app,
				env: this.#environment(),
				stdio: ["ignore", "pipe", "pipe"],
				timeout: milliseconds,
			});
			let out = "";
			let err = "";
			child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
			child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
			child.on("close", (code) => resolve({ code, out, err }));
		});
	}

	[Symbol.dispose](): void {
		// A recorder may still be closing its files.
		removeFolder(this.#folder);
	}

	#environment(): NodeJS.ProcessEnv {
		const PATH = [join(this.#folder, "bin"), process.env.PATH].join(delimiter);
		const git = { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };
		const home = {
			HOME: this.#home,
			CTRACE_HOME: join(this.#home, "ct"),
			XDG_CONFIG_HOME: join(this.#home, "config"),
		};
		return {
			PATH,
			TZ: "UTC",
			CTRACE_PAGER: "",
			EDITOR: "true",
			LANG: "C.UTF-8",
			SHELL: "/bin/bash",
			...home,
			...git,
		};
	}

	#program(name: string, body: string): void {
		const path = join(this.#folder, "bin", name);
		writeFileSync(path, `#!/bin/sh\n${body}\n`);
		chmodSync(path, 0o755);
	}

	#fillHome(): void {
		mkdirSync(join(this.#folder, "bin"), { recursive: true });
		mkdirSync(join(this.#home, ".claude", "projects"), { recursive: true });
		mkdirSync(join(this.#app, "src"), { recursive: true });
		for (const name of ["ctrace", "claude-tracer"])
			this.#program(name, `exec "${process.execPath}" "${ROOT}/bin/ctrace.js" "$@"`);
		this.#program("claude", 'echo "$@"');
	}

	/** A conversation of yesterday's that Claude Code wrote down itself. */
	#fillPast(): void {
		const at = (minute: number) => new Date(Date.now() - 86_400_000 + minute * 60_000).toISOString();
		const common = { sessionId: randomUUID(), cwd: this.#app, version: "2.1.197", gitBranch: "main" };
		const asked = { role: "user", content: "The auth migration ends with an error, exit code 1" };
		const answered = {
			id: "msg_1",
			role: "assistant",
			model: "claude-sonnet-4-5",
			content: [{ type: "text", text: "The column is missing." }],
			usage: { input_tokens: 10, output_tokens: 20 },
		};
		const lines = [
			{ ...common, type: "user", uuid: "a", parentUuid: null, timestamp: at(0), message: asked },
			{ ...common, type: "assistant", uuid: "b", parentUuid: "a", timestamp: at(1), message: answered },
		];
		const folder = join(this.#home, ".claude", "projects", "-home-ada-app");
		mkdirSync(folder, { recursive: true });
		const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
		writeFileSync(join(folder, `${common.sessionId}.jsonl`), text);
		const imported = spawnSync("ctrace", ["import", join(this.#home, ".claude")], {
			env: this.#environment(),
			encoding: "utf8",
		});
		if (imported.status !== 0) throw new Error(`the import failed: ${imported.stderr}`);
	}

	/** A session with a recording, as the demo leaves it on a terminal. */
	async #fillStore(): Promise<void> {
		const demo = spawnInTerminal(process.execPath, [join(ROOT, "bin/ctrace.js"), "demo"], {
			cwd: this.#app,
			env: this.#environment(),
			cols: 100,
			rows: 30,
		});
		const code = await new Promise((resolve) => demo.onExit(({ exitCode }) => resolve(exitCode)));
		if (code !== 0) throw new Error(`the demo ended with ${code}`);
		const db = new Database(join(this.#home, "ct", "data", "ctrace.db"));
		db.prepare("UPDATE sessions SET id = ? WHERE command LIKE '%demo%'").run(KNOWN_ID);
		db.close();
	}

	#fillProject(): void {
		for (const name of ["notes.md", "notes.txt", "build.log", "src/login.ts", "src/app.ts"])
			writeFileSync(join(this.#app, name), `${"a line\n".repeat(60)}`);
		for (const words of [
			["init", "-q"],
			["add", "."],
			["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "commit", "-qm", "x"],
		])
			spawnSync("git", words, { cwd: this.#app, env: this.#environment() });
		cpSync(join(FIXTURE, "session.cast"), join(this.#app, "demo.cast"));
		mkdirSync(join(this.#home, "recordings"));
		cpSync(join(FIXTURE, "session.cast"), join(this.#home, "recordings", "one.cast"));
		mkdirSync(join(this.#home, "look", "2.1.49"), { recursive: true });
		cpSync(FIXTURE, join(this.#home, "look", "2.1.49", "first-session"), { recursive: true });
		writeFileSync(join(this.#app, "out.raw"), "hello\r\nworld\r\n");
		writeFileSync(
			join(this.#app, "typescript"),
			'Script started on 2026-01-02 03:04:05+00:00 [TERM="xterm" COLUMNS="80" LINES="24"]\nhello\r\n',
		);
		writeFileSync(join(this.#app, "timing"), "0.100000 7\n");
	}
}
