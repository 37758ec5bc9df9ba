import { execFileSync } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { shielded } from "../../src/terminal/observer.ts";
import { OrderedWriter } from "../../src/terminal/ordered-writer.ts";

let folder = "";
let pipe: { readonly read: number; readonly write: number };

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "ctrace-test-"));
	const path = join(folder, "pipe");
	execFileSync("mkfifo", [path]);
	const read = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
	pipe = { read, write: openSync(path, constants.O_WRONLY | constants.O_NONBLOCK) };
});
afterEach(() => {
	for (const fd of [pipe.read, pipe.write]) {
		try {
			closeSync(fd);
		} catch {
			// A test closed it.
		}
	}
	rmSync(folder, { recursive: true });
});

function readAvailable(): Buffer {
	const parts: Buffer[] = [];
	while (true) {
		const buffer = Buffer.alloc(65_536);
		try {
			const count = readSync(pipe.read, buffer);
			if (count === 0) break;
			parts.push(buffer.subarray(0, count));
		} catch {
			break; // nothing there right now
		}
	}
	return Buffer.concat(parts);
}

async function readAll(length: number): Promise<Buffer> {
	const parts: Buffer[] = [];
	for (let got = 0; got < length; ) {
		const part = readAvailable();
		got += part.length;
		parts.push(part);
		await new Promise((resolve) => setImmediate(resolve));
	}
	return Buffer.concat(parts);
}

describe.each([
	["in the background", () => undefined],
	["at once where that cannot block", () => pipe.write],
])("writing in order, %s", (_way, quickFd) => {
	it("gives the identity for any chunking, through a pipe that takes only a part at a time", async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.uint8Array({ minLength: 1, maxLength: 90_000 }), { maxLength: 8 }),
				async (chunks) => {
					const writer = new OrderedWriter({ fd: pipe.write, quickFd: quickFd() });
					for (const chunk of chunks) writer.write(chunk);
					const whole = Buffer.concat(chunks);
					expect((await readAll(whole.length)).equals(whole)).toBe(true);
					await writer.flushed();
					expect(writer.pendingBytes).toBe(0);
				},
			),
			{ numRuns: 20 },
		);
	});

	it("asks its source to pause when it is full, and to go on when it is nearly empty", async () => {
		let drains = 0;
		const writer = new OrderedWriter({
			fd: pipe.write,
			quickFd: quickFd(),
			onDrain: () => (drains += 1),
		});
		expect(writer.write(new Uint8Array(1000))).toBe(true);
		expect(writer.write(new Uint8Array(2_000_000))).toBe(false);
		expect(drains).toBe(0);
		await readAll(2_001_000);
		await writer.flushed();
		expect(drains).toBe(1);
	});

	it("writes nothing while it is held", async () => {
		const writer = new OrderedWriter({ fd: pipe.write, quickFd: quickFd(), held: true });
		writer.write(Buffer.from("later"));
		await new Promise((resolve) => setTimeout(resolve, 20));
		expect(readAvailable().length).toBe(0);
		writer.release();
		expect((await readAll(5)).toString()).toBe("later");
	});

	it("takes what is written next only after what is still waiting", async () => {
		const writer = new OrderedWriter({ fd: pipe.write, quickFd: quickFd() });
		const first = new Uint8Array(100_000).fill(1); // more than a pipe takes
		writer.write(first);
		writer.write(Uint8Array.of(2));
		const all = await readAll(first.length + 1);
		expect(all.subarray(0, -1).every((byte) => byte === 1)).toBe(true);
		expect(all.at(-1)).toBe(2);
	});

	it("keeps what waits as it was: its owner may use that memory again", async () => {
		const writer = new OrderedWriter({ fd: pipe.write, quickFd: quickFd() });
		const memory = new Uint8Array(100_000).fill(1); // more than a pipe takes
		writer.write(memory);
		memory.fill(2);
		writer.write(memory.subarray(0, 10));
		memory.fill(3);
		const all = await readAll(100_010);
		expect(all.subarray(0, 100_000).every((byte) => byte === 1)).toBe(true);
		expect([...all.subarray(100_000)]).toEqual(Array(10).fill(2));
	});

	it("lets go of everything, and never waits again, when the other side is gone", async () => {
		let reason = "";
		closeSync(pipe.read);
		const writer = new OrderedWriter({
			fd: pipe.write,
			quickFd: quickFd(),
			onBroken: (error) => (reason = error.code ?? ""),
		});
		writer.write(Buffer.from("nobody"));
		await writer.flushed();
		expect(reason).toBe("EPIPE");
		expect(writer.write(new Uint8Array(9_000_000))).toBe(true);
	});
});

it("what can be taken is written before the call returns, and a full pipe holds nobody up", () => {
	const writer = new OrderedWriter({ fd: pipe.write, quickFd: pipe.write });
	writer.write(Buffer.from("k"));
	expect(readAvailable().toString()).toBe("k");
	writer.write(new Uint8Array(1_000_000));
	expect(writer.pendingBytes).toBeGreaterThan(0);
});

describe("an observer", () => {
	it("that fails is dropped, and its failure goes nowhere", () => {
		let calls = 0;
		const observe = shielded(() => {
			calls += 1;
			throw new Error("a tap that throws");
		});
		expect(() => observe({ kind: "marker", at: 0, label: "x" })).not.toThrow();
		observe({ kind: "marker", at: 1, label: "y" });
		expect(calls).toBe(1);
	});
});
