/** The native part's way for a flood, and the usual one: the same bytes reach the person, whatever the terminal does. */
import { execFileSync } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { directWay, sequencePicker } from "../../src/terminal/direct-way.ts";
import { ModeTracker } from "../../src/terminal/mode-tracker.ts";
import { type NativePart, nativePart } from "../../src/terminal/native-part.ts";
import { forkPty } from "../../src/terminal/native-pty.ts";
import { OrderedWriter } from "../../src/terminal/ordered-writer.ts";
import { PtyReader } from "../../src/terminal/pty-reader.ts";

const native = nativePart();
const ROOM = 32 * 1024;
/** What the system holds of a pipe. */
const PIPE = 64 * 1024;

interface Pipe {
	readonly read: number;
	readonly write: number;
}

let folder = "";
let open: number[] = [];

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "ctrace-test-"));
});
afterEach(() => {
	for (const fd of open) close(fd);
	open = [];
	rmSync(folder, { recursive: true });
});

function close(fd: number): void {
	try {
		closeSync(fd);
	} catch {
		// A test closed it.
	}
}

/** Neither end blocks. */
function makePipe(): Pipe {
	const path = join(folder, `pipe-${open.length}`);
	execFileSync("mkfifo", [path]);
	const read = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
	const write = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
	open.push(read, write);
	return { read, write };
}

function readAvailable(fd: number, most = 1_000_000): Buffer {
	const room = Buffer.alloc(most);
	try {
		return room.subarray(0, readSync(fd, room));
	} catch {
		return Buffer.alloc(0); // nothing there right now
	}
}

function bytes(length: number, seed = 0): Buffer {
	return Buffer.from(Uint8Array.from({ length }, (_, index) => (index * 31 + seed) % 251));
}

function lengthOf(parts: readonly Buffer[]): number {
	return parts.reduce((sum, part) => sum + part.length, 0);
}

/** A room that begins with what was read already. */
function roomWith(start: Uint8Array): Buffer {
	const room = Buffer.alloc(ROOM);
	room.set(start);
	return room;
}

describe("the native relay", () => {
	const LONG_US = 200_000;
	const relay = native?.relay ?? expect.fail("the native part is not built");

	it("writes what was read, and what is there behind it, until nothing more is", () => {
		const [from, to] = [makePipe(), makePipe()];
		writeSync(from.write, bytes(10_000, 1));
		const room = roomWith(bytes(100));
		expect(relay(from.read, to.write, -1, room, 100, LONG_US)).toEqual({ filled: 10_100, written: 10_100 });
		const all = Buffer.concat([bytes(100), bytes(10_000, 1)]);
		expect(readAvailable(to.read).equals(all)).toBe(true);
		expect(room.subarray(0, 10_100).equals(all)).toBe(true);
	});

	it("reads no more than its room takes", () => {
		const [from, to] = [makePipe(), makePipe()];
		writeSync(from.write, bytes(60_000));
		expect(relay(from.read, to.write, -1, Buffer.alloc(ROOM), 0, LONG_US)).toEqual({
			filled: ROOM,
			written: ROOM,
		});
		expect(readAvailable(from.read).equals(bytes(60_000).subarray(ROOM))).toBe(true);
	});

	it("gives back, after its time, what a full terminal does not take", () => {
		const [from, to] = [makePipe(), makePipe()];
		const before = writeSync(to.write, bytes(1_000_000)); // as much as a pipe takes
		readAvailable(to.read, 4096);
		writeSync(from.write, bytes(20_000, 3));
		const began = performance.now();
		const room = roomWith(bytes(9000, 2));
		const passed = relay(from.read, to.write, -1, room, 9000, 20_000);
		expect(performance.now() - began).toBeGreaterThanOrEqual(19);
		expect(passed).toEqual({ filled: 9000, written: 4096 });
		expect(
			readAvailable(to.read)
				.subarray(before - 4096)
				.equals(bytes(9000, 2).subarray(0, 4096)),
		).toBe(true);
	});

	it("leaves the rest where it is when a key was typed", () => {
		const [from, to, keys] = [makePipe(), makePipe(), makePipe()];
		writeSync(from.write, bytes(20_000));
		writeSync(keys.write, "k");
		const room = roomWith(bytes(50, 4));
		expect(relay(from.read, to.write, keys.read, room, 50, LONG_US)).toEqual({ filled: 50, written: 50 });
		expect(readAvailable(keys.read).toString()).toBe("k");
	});

	it("does not wait for a full terminal when a key was typed", () => {
		const [from, to, keys] = [makePipe(), makePipe(), makePipe()];
		writeSync(to.write, bytes(1_000_000));
		writeSync(keys.write, "k");
		const began = performance.now();
		const passed = relay(from.read, to.write, keys.read, roomWith(bytes(50)), 50, 5_000_000);
		expect(passed).toEqual({ filled: 50, written: 0 });
		expect(performance.now() - began).toBeLessThan(2500);
	});

	it("throws nothing where a terminal is gone, or was never there", () => {
		const [from, to] = [makePipe(), makePipe()];
		close(to.read);
		expect(relay(from.read, to.write, -1, roomWith(bytes(9)), 9, LONG_US)).toEqual({ filled: 9, written: 0 });
		expect(relay(from.read, 9999, -1, roomWith(bytes(9)), 9, LONG_US)).toEqual({ filled: 9, written: 0 });
		expect(relay(9999, makePipe().write, -1, roomWith(bytes(9)), 9, LONG_US)).toMatchObject({ written: 9 });
	});

	it("does nothing with a room that is smaller than what it is said to hold", () => {
		expect(relay(-1, -1, -1, Buffer.alloc(10), 11, 0)).toBeUndefined();
		expect(relay(-1, -1, -1, Buffer.alloc(10), -1, 0)).toBeUndefined();
	});
});

const WAYS: readonly (readonly [string, NativePart | undefined])[] = [
	["by the native part", native],
	["without it", undefined],
];

interface Viewing {
	readonly seen: Buffer;
	readonly observed: Buffer;
	readonly code: number | undefined;
}

/** A command's output on its way to a person who takes `most` bytes at a time, or leaves after so many. */
async function view(options: {
	readonly native: NativePart | undefined;
	readonly command: string;
	readonly most: number;
	readonly leavesAfter?: number;
	readonly onPart?: (so: { readonly pid: number; readonly seen: number; readonly observed: number }) => void;
}): Promise<Viewing> {
	const screen = makePipe();
	const [seen, observed]: [Buffer[], Buffer[]] = [[], []];
	const env = { PATH: process.env.PATH };
	const child = forkPty({
		file: "sh",
		args: ["-c", `stty -opost; ${options.command}`],
		env,
		size: { cols: 80, rows: 24 },
	});
	const writer = new OrderedWriter({
		fd: screen.write,
		quickFd: screen.write,
		onDrain: () => reader.resume(),
	});
	const take = (data: Uint8Array, passed: number) => {
		if (!writer.write(data.subarray(passed))) reader.pause();
		observed.push(Buffer.from(data));
	};
	const passOn = directWay(
		{ from: child.fd, to: screen.write, isFree: () => writer.isIdle, keys: () => undefined },
		options.native ?? ({} as NativePart),
	);
	const reader = new PtyReader(child.fd, take, passOn);
	let isOver = false;
	const ended = Promise.all([child.exited, reader.ended]).then(async ([exit]) => {
		await writer.flushed();
		isOver = true;
		return exit;
	});
	let count = 0;
	while (!isOver && count < (options.leavesAfter ?? Number.POSITIVE_INFINITY)) {
		const part = readAvailable(screen.read, options.most);
		count += part.length;
		seen.push(part);
		options.onPart?.({ pid: child.pid, seen: count, observed: lengthOf(observed) });
		await new Promise((resolve) => setImmediate(resolve));
	}
	if (!isOver) close(screen.read);
	const { code } = await ended;
	seen.push(isOver ? readAvailable(screen.read) : Buffer.alloc(0));
	reader.close();
	return { seen: Buffer.concat(seen), observed: Buffer.concat(observed), code };
}

describe.each(WAYS)("a flood on its way to the person, %s", (_name, part) => {
	const WHOLE = 600_000;
	const flood = `exec head -c ${WHOLE} /dev/urandom`;

	it.each([
		["at once", 1_000_000],
		["three kilobytes at a time", 3000],
	])("arrives whole and in order, and so does the copy, when it is taken %s", async (_how, most) => {
		const { seen, observed, code } = await view({ native: part, command: flood, most });
		expect(seen.length).toBe(WHOLE);
		expect(seen.equals(observed)).toBe(true);
		expect(code).toBe(0);
	});

	it("waits in the command, not here, while nobody takes it", async () => {
		let looks = 0;
		let mostHeld = 0;
		const { seen, observed } = await view({
			native: part,
			command: flood,
			get most() {
				looks += 1;
				return looks < 300 ? 1 : 1_000_000;
			},
			onPart: (so) => {
				mostHeld = Math.max(mostHeld, so.observed - so.seen);
			},
		});
		expect(mostHeld).toBeLessThan(PIPE + 3 * ROOM);
		expect(seen.equals(observed)).toBe(true);
		expect(seen.length).toBe(WHOLE);
	});

	it("arrives whole from a command that was stopped in the middle of it, and continued", async () => {
		let stops = 0;
		const { seen, observed } = await view({
			native: part,
			command: flood,
			most: 50_000,
			onPart: ({ pid, seen }) => {
				if (seen < 100_000 * (stops + 1) || seen === WHOLE) return;
				stops += 1;
				process.kill(pid, "SIGSTOP");
				setTimeout(() => process.kill(pid, "SIGCONT"), 20);
			},
		});
		expect(stops).toBeGreaterThan(2);
		expect(seen.length).toBe(WHOLE);
		expect(seen.equals(observed)).toBe(true);
	});

	it("goes on to the end of the command when the person has gone, and is observed whole", async () => {
		const { seen, observed, code } = await view({
			native: part,
			command: flood,
			most: 10_000,
			leavesAfter: 100_000,
		});
		expect(observed.length).toBe(WHOLE);
		expect(observed.subarray(0, seen.length).equals(seen)).toBe(true);
		expect(code).toBe(0);
	});
});

describe("what may switch a mode", () => {
	const BITS = [
		"\x1b",
		"[",
		"?",
		"25",
		"2026",
		"1049",
		";",
		"h",
		"l",
		"m",
		"r",
		"u",
		">",
		"<",
		"=",
		"4",
		"c",
		"!p",
		"\x07",
		"text",
		" ",
	];

	it("is picked natively as the tracker itself picks it, however the stream is cut", () => {
		const pick = sequencePicker() ?? expect.fail("the native part is not built");
		fc.assert(
			fc.property(
				fc.array(fc.array(fc.constantFrom(...BITS), { maxLength: 30 }), { maxLength: 8 }),
				fc.array(fc.nat({ max: 80 }), { maxLength: 3 }),
				(pieces, long) => {
					const [quick, plain] = [new ModeTracker(pick), new ModeTracker()];
					const parameters = long.map((count) => `\x1b[?${"2".repeat(count)}h`);
					for (const text of [...parameters, ...pieces.map((piece) => piece.join(""))]) {
						quick.feed(Buffer.from(text, "latin1"));
						plain.feed(Buffer.from(text, "latin1"));
						expect(quick.resetFor({ signal: "SIGKILL" })).toBe(plain.resetFor({ signal: "SIGKILL" }));
					}
				},
			),
			{ numRuns: 2000 },
		);
	});

	it("is looked for in the usual way in a piece that is larger than the room for it", () => {
		const tracker = new ModeTracker(sequencePicker());
		tracker.feed(Buffer.concat([Buffer.alloc(100_000, "x"), Buffer.from("\x1b[?25l")]));
		expect(tracker.resetFor({ signal: "SIGKILL" })).toBe("\x1b[?25h");
	});
});
