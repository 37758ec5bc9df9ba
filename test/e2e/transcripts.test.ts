import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { cleanEnvironment, temporaryHome } from "../support/outside.ts";
import { assistantLine, say, userLine } from "../support/transcripts.ts";

const PLACE = resolve(".cache", `transcripts-${process.pid}`);
const ID = "11111111-1111-4111-8111-111111111111";

let home: string;
let place: ReturnType<typeof temporaryHome>;

beforeAll(() => {
	execFileSync(process.execPath, ["scripts/build.mjs", join(PLACE, "dist")]);
	cpSync("patterns", join(PLACE, "patterns"), { recursive: true });
});
afterAll(() => rmSync(PLACE, { recursive: true, force: true }));

beforeEach(() => {
	place = temporaryHome();
	home = realpathSync(place.path);
	mkdirSync(join(home, "garden"));
	mkdirSync(join(home, "bin"));
});

/** A stand-in for Claude Code in print mode: it says where it is, answers, and writes its transcript as the real one does. */
function installClaude(): void {
	const at = new Date(Date.now() + 60).toISOString();
	const text =
		userLine("u1", "How deep?", { timestamp: at, cwd: join(home, "garden") }) +
		assistantLine({ uuid: "a1", parent: "u1", at, content: [say("Two **spades** deep.")] });
	writeFileSync(join(home, "lines.jsonl"), text);
	const script = `#!/bin/sh
mkdir -p "$HOME/.claude/sessions" "$HOME/.claude/projects/-any"
echo '{"pid":'$$',"sessionId":"${ID}"}' > "$HOME/.claude/sessions/$$.json"
cat "$HOME/lines.jsonl" > "$HOME/.claude/projects/-any/${ID}.jsonl"
echo "$@" > "$HOME/arguments"
pwd > "$HOME/directory"
echo "Two spades deep."
rm "$HOME/.claude/projects/-any/${ID}.jsonl.gone" 2>/dev/null
sleep 0.6
`;
	writeFileSync(join(home, "bin", "claude"), script);
	chmodSync(join(home, "bin", "claude"), 0o755);
}

function run(words: readonly string[], more: NodeJS.ProcessEnv = {}) {
	const env = {
		...cleanEnvironment(),
		HOME: home,
		CTRACE_HOME: join(home, "records"),
		PATH: `${join(home, "bin")}:${process.env.PATH}`,
		...more,
	};
	const [bundle = "", ...args] = words;
	return spawnSync(process.execPath, [join(PLACE, "dist", bundle), ...args], {
		env,
		cwd: join(home, "garden"),
		encoding: "utf8",
	});
}

const shown = () => JSON.parse(run(["cli.cjs", "sessions", "show", "last", "--json"]).stdout);

test("a wrapped session carries what Claude Code wrote down, and an import of the same file doubles nothing", () => {
	installClaude();
	expect(run(["wrap.cjs", "claude", "-p", "How deep?"]).stdout).toBe("Two spades deep.\n");
	const recorded = shown();
	expect(recorded.session).toMatchObject({
		agentSessionIds: [ID],
		status: "complete",
		usage: { inputTokens: 10 },
	});
	expect(recorded.turns).toMatchObject([
		{
			prompt: { text: "How deep?" },
			source: "both",
			items: [{ text: "Two **spades** deep.", source: "both" }],
		},
	]);
	run(["cli.cjs", "import", join(home, ".claude")]);
	expect(JSON.parse(run(["cli.cjs", "sessions", "list", "--json"]).stdout)).toHaveLength(1);
	expect(shown().turns).toEqual(recorded.turns);
	place.remove();
});

test("keeps to the terminal alone when it is told to, by option or by setting", () => {
	installClaude();
	for (const [words, env] of [
		[["wrap.cjs", "--no-transcript", "claude", "-p", "How deep?"], {}],
		[["wrap.cjs", "claude", "-p", "How deep?"], { CTRACE_TRANSCRIPTS: "off" }],
	] as const) {
		run(words, env);
		expect(shown().session.agentSessionIds).toEqual([]);
		expect(shown().turns).toMatchObject([{ source: "terminal", items: [{ text: "Two spades deep." }] }]);
	}
	place.remove();
});

test("ctrace resume takes the session up in its directory, wrapped", () => {
	installClaude();
	run(["wrap.cjs", "claude", "-p", "How deep?"]);
	shown();
	rmSync(join(home, "directory"));
	expect(run(["cli.cjs", "resume"]).status).toBe(0);
	expect(readFileSync(join(home, "arguments"), "utf8").trim()).toBe(`--resume ${ID}`);
	expect(readFileSync(join(home, "directory"), "utf8").trim()).toBe(join(home, "garden"));
	place.remove();
});
