/** The native part and `stty` are two doors to the same settings: what one says and does, the other says and does. */
import { closeSync, constants, openSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nativePart } from "../../src/terminal/native-part.ts";
import { forkPty, type PtyChild } from "../../src/terminal/native-pty.ts";
import { BY_STTY, byNative, type SettingsDoor } from "../../src/terminal/terminal-settings.ts";

const native = nativePart();
const DOORS: readonly (readonly [string, SettingsDoor])[] = [
	["stty", BY_STTY],
	...(native === undefined ? [] : [["the native part", byNative(native)] as const]),
];

let child: PtyChild;
let fd: number;

beforeEach(() => {
	const size = { cols: 80, rows: 24 };
	child = forkPty({ file: "cat", args: [], env: { PATH: process.env.PATH }, size });
	fd = openSync(child.path, constants.O_RDWR | constants.O_NOCTTY);
});

afterEach(async () => {
	closeSync(fd);
	process.kill(child.pid, "SIGKILL");
	await child.exited;
	closeSync(child.fd);
});

it("the native part is built with everything else", () => {
	expect(native).toBeDefined();
});

describe.each(DOORS)("the line settings of a terminal, by %s", (_name, door) => {
	it("are told as the other door tells them", async () => {
		for (const [, other] of DOORS) {
			expect(await door.read(fd)).toBe(await other.read(fd));
			expect(await door.discipline(fd)).toEqual(await other.discipline(fd));
		}
	});

	it("pass every byte when the terminal is made transparent, and come back whole", async () => {
		const before = await door.read(fd);
		await door.makeTransparent(fd);
		const transparent = await door.read(fd);
		expect(await BY_STTY.discipline(fd)).toMatchObject({ canonical: false, signals: false });
		await door.apply(fd, before ?? "");
		expect(await door.read(fd)).toBe(before);
		for (const [, other] of DOORS) {
			await other.makeTransparent(fd);
			expect(await other.read(fd)).toBe(transparent);
		}
	});

	it("name the key that suspends, also when it is another one or none", async () => {
		const settings = (await door.read(fd))?.split(":") ?? [];
		const suspend = 4 + 10; // four words of flags, then VSUSP on Linux
		for (const [byte, name] of process.platform === "linux"
			? ([
					["1a", "^Z"],
					["19", "^Y"],
					["0", "<undef>"],
				] as const)
			: []) {
			await door.apply(fd, settings.with(suspend, byte).join(":"));
			expect((await door.discipline(fd))?.suspend).toBe(name);
		}
	});

	it("of something that is no terminal are not known, and asking does no harm", async () => {
		const file = openSync("/dev/null", "r+");
		try {
			expect(await door.read(file)).toBeUndefined();
			expect(await door.discipline(file)).toBeUndefined();
			await door.makeTransparent(file);
			await door.apply(file, "0:0:0:0");
			await door.apply(fd, "nonsense");
			expect(await door.read(fd)).toMatch(/^[0-9a-f:]+$/);
		} finally {
			closeSync(file);
		}
	});
});
