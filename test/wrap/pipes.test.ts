/** Without a terminal: the same bytes in the same order, real pipes, and the same end as without ctrace. */
import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { cleanEnvironment, temporaryHome, WRAP } from "../support/outside.ts";
import { bytesOf, recorded, sessionsIn } from "../support/recorded.ts";

const home = temporaryHome();
let store = "";
let count = 0;

beforeEach(() => {
	count += 1;
	store = join(home.path, `store-${count}`);
});
afterAll(() => home.remove());

/** `$W` in the script is ctrace when wrapped, and nothing when bare. */
const SCRIPTS: readonly (readonly [string, string])[] = [
	["a pipe out", "$W echo hi | cat"],
	["a pipe in and out", "printf 'a\\0b\\377' | $W cat | od -c"],
	["a large pipe", "$W seq 1 300000 | cksum"],
	["a large pipe in", "seq 1 300000 | $W cat | cksum"],
	["a file out", '$W seq 1 1000 > "$T/f"; cksum < "$T/f"'],
	["an appended file", 'echo old > "$T/f"; $W echo new >> "$T/f"; cat "$T/f"'],
	["a file in", 'echo content > "$T/f"; $W tr a-z A-Z < "$T/f" | cat'],
	[
		"output and errors in one pipe, in order",
		"$W sh -c 'for i in 1 2 3 4; do echo o$i; echo e$i >&2; done' 2>&1 | cat",
	],
	["errors apart", '$W sh -c "echo out; echo err >&2" 2> "$T/e" | cat; cat "$T/e"'],
	["a reader that leaves", "$W yes | head -3; $W seq 1 1000000 | head -1"],
	[
		"a real pipe, to be opened by name",
		"$W sh -c 'echo named > /dev/stdout; test -p /dev/stdout && echo pipe' | cat",
	],
	["a background process that goes on talking", "$W sh -c '(sleep 0.3; echo late) & echo early' | cat"],
	["a loop that shares its input", "printf '1\\n2\\n3\\n' | while read l; do $W echo got $l | cat; done"],
	["an exit code", "$W sh -c 'exit 42' > /dev/null; echo $?"],
	["a death by signal", "$W sh -c 'kill -KILL $$' > /dev/null; echo $?; $W sh -c 'kill -TERM $$' | cat"],
	["a command that is not there", "$W definitely-not-a-command > /dev/null 2>&1; echo $?"],
	["no input at all", "$W cat < /dev/null | wc -c"],
	["closed input and output", "$W sh -c 'exit 9' <&- >&-; echo $?"],
	["a descriptor handed over by name", 'echo low > "$T/l"; exec 9< "$T/l"; $W cat /dev/fd/9 | cat'],
	["the working directory and the mask", "cd /; umask 027; $W sh -c 'pwd; umask' | cat"],
];

describe("a wrapped command in a pipe", () => {
	it.each(SCRIPTS)("sends the same bytes and ends the same way: %s", async (_name, script) => {
		const bare = await run(script, "");
		const under = await run(script, `${process.execPath} ${WRAP}`);
		expect(under.stdout).toBe(bare.stdout);
		expect(under.code).toBe(bare.code);
		expect(bare.stdout).not.toBe("");
	});

	it("is recorded", async () => {
		await run("$W sh -c 'echo answer; exit 3' | cat", `${process.execPath} ${WRAP}`);
		const lines = await recorded(store);
		expect(lines[0]?.start).toMatchObject({
			attachment: "pipe",
			command: ["sh", "-c", "echo answer; exit 3"],
		});
		expect(bytesOf(lines, "output").toString()).toBe("answer\n");
		expect(lines.find((line) => line.kind === "exit")?.code).toBe(3);
		expect(lines.at(-1)?.status).toBe("complete");
	});

	it("has its piped prompt recorded when it is Claude Code printing an answer", async () => {
		const folder = join(home.path, "bin");
		mkdirSync(folder, { recursive: true });
		writeFileSync(join(folder, "claude"), '#!/bin/sh\nread -r line; echo "asked: $line"; cat | wc -c\n');
		chmodSync(join(folder, "claude"), 0o755);
		const script = `PATH="${folder}:$PATH"; { echo why; head -c 100000 /dev/zero; } | $W claude -p | cat`;
		const bare = await run(script, "");
		const under = await run(script, `${process.execPath} ${WRAP}`);
		expect(under.stdout).toBe(bare.stdout);
		const lines = await recorded(store);
		expect(bytesOf(lines, "input").length).toBe(100_004);
		expect(bytesOf(lines, "output").toString()).toMatch(/^asked: why\n/);
	});

	it.each([
		["CTRACE_OFF=1", "CTRACE_OFF=1 $W echo quiet"],
		["CLAUDE_CODE_SKIP_PROMPT_HISTORY=1", "CLAUDE_CODE_SKIP_PROMPT_HISTORY=1 $W echo quiet"],
	])("runs and leaves no trace with %s", async (_name, script) => {
		const under = await run(`${script} | cat`, `${process.execPath} ${WRAP}`);
		expect(under.stdout).toBe("quiet\n");
		expect(sessionsIn(store)).toEqual([]);
	});

	it("passes through inside another ctrace, and only one of them records", async () => {
		const under = await run("$W $W sh -c 'echo inner; exit 6' | cat", `${process.execPath} ${WRAP}`);
		expect(under.stdout).toBe("inner\n");
		const lines = await recorded(store);
		expect(lines[0]?.start?.command).toContain(WRAP);
		expect(sessionsIn(store)).toHaveLength(1);
	});

	it("is stopped when it keeps starting ctrace again", async () => {
		const folder = join(home.path, "loop");
		mkdirSync(folder, { recursive: true });
		writeFileSync(join(folder, "again"), `#!/bin/sh\nexec ${process.execPath} ${WRAP} again\n`);
		chmodSync(join(folder, "again"), 0o755);
		const under = await run(`PATH="${folder}:$PATH"; $W again 2>&1 | cat`, `${process.execPath} ${WRAP}`);
		expect(under.stdout).toMatch(/starts ctrace again and again/);
	});
});

interface Outcome {
	readonly stdout: string;
	readonly code: number;
}

function run(script: string, prefix: string): Promise<Outcome> {
	const folder = join(home.path, `t-${count}-${prefix === "" ? "bare" : "under"}`);
	mkdirSync(folder, { recursive: true });
	const env = { ...cleanEnvironment(), W: prefix, T: folder, CTRACE_HOME: store, HOME: home.path };
	return new Promise((resolve) => {
		execFile("sh", ["-c", script], { env, encoding: "latin1" }, (error, stdout) => {
			resolve({ stdout, code: typeof error?.code === "number" ? error.code : 0 });
		});
	});
}
