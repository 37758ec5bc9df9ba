/** Suspending and resuming under a real shell's job control. */
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { Outside, temporaryHome, wrapped } from "../support/outside.ts";
import { bytesOf, recorded, untilLines } from "../support/recorded.ts";

const home = temporaryHome();
let store = "";
let count = 0;

beforeEach(() => {
	count += 1;
	store = join(home.path, `store-${count}`);
});
afterAll(() => home.remove());

const quote = (words: readonly string[]) => words.map((word) => `'${word}'`).join(" ");

/** A shell with job control, at which a wrapped command has just said `ready`. */
async function shellRunning(script: string): Promise<Outside> {
	const at = new Outside(["sh", "-i"], {
		env: {
			CTRACE_HOME: store,
			HOME: home.path,
			ENV: "",
			PS1: "PROMPT ",
			W: quote(wrapped("sh", "-c", script)),
		},
	});
	await at.untilText("PROMPT ");
	at.type('eval "$W"\r');
	await at.untilText("ready");
	return at;
}

const prompts = (text: string) => text.split("PROMPT ").length - 1;

async function backAtPrompt(at: Outside, times: number): Promise<void> {
	await at.until((text) => prompts(text) === times, `prompt number ${times}`);
}

/** A program that tidies up at Ctrl-Z, asks its whole group to stop, and goes on when it is told to. */
const STOPPING_PROGRAM = [
	'process.stdin.setRawMode(true); process.stdout.write("ready\\n");',
	'process.on("SIGCONT", () => { process.stdin.setRawMode(true); process.stdout.write("resumed\\n"); });',
	'process.stdin.on("data", (k) => { if (k[0] === 26) { process.stdin.setRawMode(false); process.kill(0, "SIGTSTP"); }',
	"if (k[0] === 113) process.exit(9); });",
].join(" ");
const STOPPING = `exec '${process.execPath}' -e "${STOPPING_PROGRAM.replaceAll('"', '\\"')}"`;

describe("Ctrl-Z", () => {
	it("brings back the prompt and a sane terminal; fg goes on where it was, at the new size", async () => {
		const at = await shellRunning('echo ready; read a; echo "got $a"; stty size; exit 6');
		at.type("\x1a");
		await backAtPrompt(at, 2);
		at.type("stty -a | grep -o -- '-\\?icanon'; stty -a | grep -o -- '-\\?opost'\r");
		await at.until((text) => /\nicanon\r\nopost\r\n/.test(text), "cooked settings");
		at.resize(97, 31);
		at.type("fg\r");
		await untilLines(store, (lines) => lines.some((line) => line.kind === "resize" && line.cols === 97));
		at.type("hello\r");
		await at.untilText("got hello");
		await at.untilText("31 97");
		await backAtPrompt(at, 4);
		at.type("echo code $?\r");
		await at.untilText("code 6");
		at.type("exit\r");
		await at.exited;
		const lines = await recorded(store);
		expect(lines.at(-1)?.status).toBe("complete");
		expect(bytesOf(lines, "output").toString()).toContain("got hello");
	});

	it("works for a program that left raw mode and asks its whole group to stop", async () => {
		const at = await shellRunning(STOPPING);
		at.type("\x1a");
		await backAtPrompt(at, 2);
		at.type("fg\r");
		await at.untilText("resumed");
		at.type("q");
		await backAtPrompt(at, 3);
		at.type("echo code $?\r");
		await at.untilText("code 9");
	});

	it("resumes such a program at once where no shell could ever continue it", async () => {
		const at = new Outside(wrapped("sh", "-c", STOPPING), { env: { CTRACE_HOME: store, HOME: home.path } });
		await at.untilText("ready");
		at.type("\x1a");
		await at.untilText("resumed");
		at.type("q");
		expect(await at.exited).toEqual({ code: 9 });
	});

	it("belongs to a shell that is wrapped, for its own jobs", async () => {
		const at = await shellRunning('echo ready; export PS1="inner "; exec sh -i');
		await at.untilText("inner ");
		at.type("sh -c 'echo going; exec sleep 100'\r");
		await at.untilText("\ngoing");
		at.type("\x1a");
		await at.until((text) => text.split("inner ").length === 3, "the inner prompt");
		expect(prompts(at.text)).toBe(1);
		at.type("kill %1; exit; exit\r");
	});
});

describe("kill -TSTP of ctrace", () => {
	it("stops both, and SIGCONT continues both", async () => {
		const at = await shellRunning("echo ready; i=0; while :; do i=$((i+1)); echo beat $i; sleep 0.05; done");
		await at.untilText("beat 3");
		const [first] = await untilLines(store, (lines) => lines.length > 0);
		const wrapper = Number((first?.start as { wrapperPid?: number } | undefined)?.wrapperPid);
		process.kill(wrapper, "SIGTSTP");
		await backAtPrompt(at, 2);
		const beats = at.text.split("beat ").length;
		at.type("echo still\r");
		await at.untilText("\nstill");
		expect(at.text.split("beat ").length).toBe(beats);
		at.type("fg\r");
		await at.until((text) => text.split("beat ").length > beats + 2, "more beats");
		at.type("\x03");
		await backAtPrompt(at, 4);
	});
});
