/** The recorder's start, by the native part and by Node: the same process comes of it, and it has nothing of ours. */
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type NativePart, nativePart } from "../../src/terminal/native-part.ts";
import type { RecorderChannels } from "../../src/wrap/recorder-link.ts";
import { spawnRecorder } from "../../src/wrap/spawn-recorder.ts";

/** Tells, over the first channel, what it finds; ends when it is told something over the second. */
const TELLER = `const { readdirSync, readlinkSync, readFileSync } = require("node:fs");
const { Socket } = require("node:net");
const data = new Socket({ fd: 3, readable: true, writable: true });
const last = new Socket({ fd: 4, readable: true, writable: true });
const links = (fds) => fds.map((fd) => readlinkSync("/proc/self/fd/" + fd).replace(/\\d+/, "N"));
const [, , , , session] = readFileSync("/proc/self/stat", "latin1").split(") ")[1].split(" ");
const mask = (name) => new RegExp(name + ":\\\\s*(\\\\w+)").exec(readFileSync("/proc/self/status", "latin1"))[1];
data.once("data", (first) => data.write(JSON.stringify({
	first: String(first),
	pid: process.pid,
	leads: Number(readFileSync("/proc/self/stat", "latin1").split(") ")[1].split(" ")[3]) === process.pid,
	cwd: process.cwd(),
	words: process.argv.length,
	standard: links([0, 1, 2]),
	channels: links([3, 4]),
	priority: require("node:os").getPriority(),
	group: (() => { try { return readFileSync("/proc/self/autogroup", "latin1").trim().split(" ").at(-1); } catch { return "10"; } })(),
	blocked: mask("SigBlk"),
	said: process.env.SAID,
	foreign: process.env.NODE_OPTIONS ?? "none",
	ours: readdirSync("/proc/self/fd").some((fd) => { try { return readlinkSync("/proc/self/fd/" + fd).endsWith("held"); } catch { return false; } }),
}) + "\\n"));
last.once("data", () => process.exit(0));
`;

let folder = "";
let script = "";

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "ctrace-test-"));
	script = join(folder, "teller.cjs");
	writeFileSync(script, TELLER);
	writeFileSync(join(folder, "held"), "");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const NODE_ALONE = {} as NativePart;
const WAYS: readonly (readonly [string, NativePart | undefined])[] = [
	["by the native part", nativePart()],
	["by Node", NODE_ALONE],
];

/** More than a pipe takes at once. */
const LONG = 2_000_000;

function start(
	native: NativePart | undefined,
	program = script,
	first = Buffer.from("begun"),
): RecorderChannels {
	const held = openSync(join(folder, "held"), "r");
	try {
		return spawnRecorder(
			{
				script: program,
				env: { ...process.env, SAID: "grüße = \u{1f331}", NODE_OPTIONS: "--no-warnings" },
				keepBack: [held],
				first,
				...(native === undefined ? {} : { native }),
			},
			(reason) => expect.fail(reason),
		).open();
	} finally {
		closeSync(held);
	}
}

async function firstLine({ data }: RecorderChannels): Promise<Record<string, unknown>> {
	let text = "";
	for await (const part of data.iterator({ destroyOnReturn: false })) {
		text += String(part);
		if (text.endsWith("\n")) break;
	}
	return JSON.parse(text) as Record<string, unknown>;
}

function isKnown(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}

describe.each(WAYS)("a recorder started %s", (_name, native) => {
	it("leads a session of its own, far from the terminal, with the two channels and nothing more", async () => {
		const channels = start(native);
		const { pid, ...told } = await firstLine(channels);
		expect(told).toEqual({
			first: "begun",
			leads: true,
			cwd: "/",
			words: 2,
			standard: ["/dev/null", "/dev/null", "/dev/null"],
			channels: ["socket:[N]", "socket:[N]"],
			priority: constants.priority.PRIORITY_BELOW_NORMAL,
			group: "10",
			blocked: "0000000000000000",
			said: "grüße = \u{1f331}",
			foreign: "none",
			ours: false,
		});
		channels.last.write("end");
		await new Promise((resolve) => channels.data.once("close", resolve).resume());
		channels.last.destroy();
		// The store asks the system whether a session's recorder still lives.
		while (isKnown(Number(pid))) await new Promise((resolve) => setTimeout(resolve, 5));
	});

	it("closes its channels where it cannot run", async () => {
		const channels = start(native, join(folder, "missing.cjs"));
		for (const channel of [channels.data, channels.last]) channel.on("error", () => {});
		await new Promise((resolve) => channels.data.once("close", resolve).resume());
		channels.last.destroy();
	});
});

it.each(WAYS)("a long first message holds up nobody, and arrives whole: %s", async (_name, native) => {
	const counter = join(folder, "counter.cjs");
	writeFileSync(
		counter,
		`const { Socket } = require("node:net");
const data = new Socket({ fd: 3, readable: true, writable: true });
const last = new Socket({ fd: 4, readable: true, writable: true });
let bytes = 0;
last.once("data", () => data.on("data", (part) => {
	bytes += part.length;
	if (bytes === ${LONG}) data.write(JSON.stringify({ bytes }) + "\\n", () => process.exit(0));
}));
`,
	);
	const channels = start(native, counter, Buffer.alloc(LONG, "x")); // it reads only when it is told to
	channels.last.on("error", () => {});
	channels.last.write("read");
	expect(await firstLine(channels)).toEqual({ bytes: LONG });
	channels.data.destroy();
	channels.last.destroy();
});

it("the native part makes no process of words that are none", () => {
	const begin = nativePart()?.startRecorder ?? expect.fail("the native part is not built");
	expect(begin([], [], 0)).toBeUndefined();
	for (const wrong of [
		[[1], [], 0],
		[["/bin/true"], "no list", 0],
	])
		expect(Reflect.apply(begin, undefined, wrong)).toBeUndefined();
});
