/** What the system tells in small files and about processes. */
import { readFileSync, readlinkSync } from "node:fs";

export const MACHINE = {
	readText: (path: string) => orNothing(() => readFileSync(path, "utf8")),
	readLink: (path: string) => orNothing(() => readlinkSync(path)),
	signal: (pid: number) => process.kill(pid, 0),
};

function orNothing(read: () => string): string | undefined {
	try {
		return read();
	} catch {
		return undefined; // absent is the usual case; what cannot be read has no say
	}
}
