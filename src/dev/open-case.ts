/** Finds a case: a folder with `session.cast`, a recording itself, or LOOK/CASE among the fixtures of a checkout. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { CtraceError } from "../core/errors.ts";
import { readCast } from "./cast.ts";
import type { RecordedCase } from "./play-case.ts";

const FIXTURES = "test/fixtures/claude-code";

export function openCase(name: string, checkout: string): RecordedCase {
	const path = [name, join(checkout, FIXTURES, name)].map(castIn).find((each) => each !== undefined);
	if (path === undefined) {
		throw new CtraceError("not-found", `there is no case ${JSON.stringify(name)}`, {
			hint: `a folder with session.cast, a recording, or LOOK/CASE under ${FIXTURES}`,
		});
	}
	const { size, events, command } = readCast(readFileSync(path, "utf8"));
	return { size, events, command: commandBeside(path) ?? command?.split(" ") ?? [] };
}

function castIn(path: string): string | undefined {
	if (!existsSync(path)) return undefined;
	if (!statSync(path).isDirectory()) return path;
	const inside = join(path, "session.cast");
	return existsSync(inside) ? inside : undefined;
}

/** Its words, as they were before a header joined them. */
function commandBeside(cast: string): readonly string[] | undefined {
	const path = join(dirname(cast), "meta.json");
	if (!existsSync(path)) return undefined;
	const meta: unknown = JSON.parse(readFileSync(path, "utf8"));
	if (typeof meta !== "object" || meta === null || !("command" in meta) || !Array.isArray(meta.command))
		return undefined;
	return meta.command.map(String);
}
