/** What goes on while keys are typed, and the command that they are typed at. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Bench } from "./bench.ts";

export interface Disturbance {
	readonly name: string;
	/** All that can be compared is compared. */
	readonly isPlain: boolean;
	/** Answers so many keys with `mark` each; ends then, or with a `q`. It says READY when it begins. */
	readonly command: (keys: number) => readonly string[];
	readonly mark: string;
	readonly start: () => Promise<{ readonly env: Bench["env"]; readonly stop: () => Promise<void> }>;
}

/** What this machine cannot be brought to do is said in words. */
export async function disturbances(bench: Bench): Promise<{
	readonly possible: readonly Disturbance[];
	readonly impossible: readonly string[];
}> {
	const nothing = async () => ({ env: bench.env, stop: async () => {} });
	const plain = { command: mirror, mark: "k", isPlain: false };
	const slow = slowDisk(bench);
	const possible = [
		{ ...plain, name: "nothing else to do", isPlain: true, start: nothing },
		{
			name: "while the command floods",
			isPlain: false,
			command: flooder(bench),
			mark: ANSWER,
			start: nothing,
		},
		{ ...plain, name: "while a sync runs", start: () => syncing(bench) },
		...(slow === undefined
			? []
			: [
					{
						...plain,
						name: "while the disk is slow",
						start: async () => ({ env: slow, stop: async () => {} }),
					},
				]),
	];
	return {
		possible,
		impossible: slow === undefined ? ["Without a C compiler, no disk is made slow: not measured."] : [],
	};
}

/** Gives back each byte as it comes. It ends with one more, as a bare relay may lose what was said right before an end. */
function mirror(keys: number): readonly string[] {
	return ["sh", "-c", `stty raw -echo; printf READY; exec dd bs=1 count=${keys + 1} status=none`];
}

const ANSWER = "\u001b]777;k\u0007";

/** Says as much as it can, and answers keys in between. */
function flooder({ place }: Bench): (keys: number) => readonly string[] {
	const file = join(place, "flooder.mjs");
	writeFileSync(
		file,
		`import { writeSync } from "node:fs";
const lines = Array.from({ length: 50 }, (_, line) => "\\u001b[3" + (line % 8) + "mline " + line + "\\u001b[0m of what a build prints\\r\\n").join("");
process.stdin.setRawMode(true);
process.stdin.on("data", (keys) => {
	if (keys.includes("q")) process.exit();
	for (const _ of keys) writeSync(1, ${JSON.stringify(ANSWER)});
});
writeSync(1, "READY");
const flood = () => {
	writeSync(1, lines);
	setImmediate(flood);
};
flood();
`,
	);
	return () => [process.execPath, file];
}

/** A process of its own sends a backlog, again and again, out of the very database that is recorded into. */
async function syncing(bench: Bench) {
	const child = spawn(process.execPath, [join(bench.root, ".cache", "bench", "all-peer.mjs")], {
		env: bench.env,
		stdio: ["pipe", "pipe", "inherit"],
	});
	const lines = createInterface({ input: child.stdout });
	await new Promise<void>((resolve, reject) => {
		lines.once("line", () => resolve()); // the first turns are sent
		child.once("exit", (code) => reject(new Error(`the sync ended with ${code}`)));
	});
	const ended = new Promise<void>((resolve) => {
		child.once("exit", () => resolve());
	});
	return {
		env: bench.env,
		stop: () => {
			child.stdin.end();
			return ended;
		},
	};
}

/** Every write to a file takes two milliseconds, every flush to the disk twenty: a tired hard disk, or a full one. */
const SLOW = `#define _GNU_SOURCE
#include <dlfcn.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>
static void wait_ms(long ms) { struct timespec t = {0, ms * 1000000L}; nanosleep(&t, 0); }
static int is_file(int fd) { struct stat s; return fstat(fd, &s) == 0 && S_ISREG(s.st_mode); }
#define SLOW_WRITE(name, offset_type) \\
ssize_t name(int fd, const void *bytes, size_t count, offset_type at) { \\
	static ssize_t (*real)(int, const void *, size_t, offset_type); \\
	if (!real) real = dlsym(RTLD_NEXT, #name); \\
	if (is_file(fd)) wait_ms(2); \\
	return real(fd, bytes, count, at); }
SLOW_WRITE(pwrite, off_t)
SLOW_WRITE(pwrite64, off64_t)
ssize_t write(int fd, const void *bytes, size_t count) {
	static ssize_t (*real)(int, const void *, size_t);
	if (!real) real = dlsym(RTLD_NEXT, "write");
	if (is_file(fd)) wait_ms(2);
	return real(fd, bytes, count); }
#define SLOW_FLUSH(name) \\
int name(int fd) { \\
	static int (*real)(int); \\
	if (!real) real = dlsym(RTLD_NEXT, #name); \\
	wait_ms(20); \\
	return real(fd); }
SLOW_FLUSH(fsync)
SLOW_FLUSH(fdatasync)
`;

/** An environment in which everything that is started meets a slow disk; undefined where it cannot be built. */
function slowDisk({ root, env }: Bench): Bench["env"] | undefined {
	const folder = join(root, ".cache", "bench");
	const library = join(folder, "slow-disk.so");
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, "slow-disk.c"), SLOW);
	spawnSync("cc", ["-shared", "-fPIC", "-O1", "-o", library, join(folder, "slow-disk.c"), "-ldl"]);
	return existsSync(library) ? { ...env, LD_PRELOAD: library } : undefined;
}
