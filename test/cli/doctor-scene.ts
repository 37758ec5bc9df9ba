/** Homes for `ctrace doctor` to look at, and its report held to its shape. */
import { mkdirSync, openSync, writeFileSync, writeSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect } from "vitest";
import * as z from "zod";
import type { Session } from "../../src/core/session.ts";
import { addSession, makeTurn } from "../support/stored-session.ts";
import { type CliScene, cliScene } from "./run-built-cli.ts";

const reportSchema = z.object({
	ok: z.boolean(),
	problems: z.array(z.object({ what: z.string(), hint: z.string().min(1) })),
	versions: z.object({ ctrace: z.string(), node: z.string(), sqlite: z.string().optional() }),
	paths: z.array(
		z.object({ name: z.string(), path: z.string(), state: z.string(), mode: z.string().optional() }),
	),
	database: z
		.object({
			schemaVersion: z.number(),
			damage: z.array(z.string()),
			journalMode: z.string(),
			fileBytes: z.number(),
			logBytes: z.number(),
		})
		.optional(),
	patterns: z.object({ secrets: z.number().optional(), looks: z.number().optional() }),
	pseudonymKey: z.string(),
	checks: z.array(
		z.object({
			area: z.string(),
			level: z.enum(["ok", "warning", "error"]),
			what: z.string().min(1),
			fix: z.string().min(1).optional(),
		}),
	),
	sessions: z.object({ total: z.number(), running: z.number(), lost: z.number() }),
	recognition: z.array(
		z.object({
			agent: z.string(),
			agentVersion: z.string().optional(),
			sessions: z.number(),
			turns: z.number(),
			lines: z.number(),
			unclaimed: z.number(),
			share: z.number().optional(),
			isUnfamiliar: z.boolean(),
		}),
	),
});

export function examine(place: CliScene) {
	const { code, out } = place.run("doctor", "--json");
	return { code, report: reportSchema.parse(JSON.parse(out)) };
}

/** A home whose key exists: a recording was imported into it. */
export function usedPlace(cli: string): CliScene {
	const place = cliScene(cli);
	const cast = join(place.home, "a.cast");
	writeSync(openSync(cast, "w"), '{"version":2,"width":80,"height":24}\n[0.1,"o","hello"]\n');
	expect(place.run("import", cast).code).toBe(0);
	return place;
}

/** Nothing to complain of: a language, and a Claude Code that tells its version. */
export function comfort(place: CliScene, version = "2.1.9"): void {
	const bin = join(place.home, "bin");
	mkdirSync(bin, { recursive: true });
	writeFileSync(join(bin, "claude"), `#!/bin/sh\necho "${version} (Claude Code)"\n`, { mode: 0o755 });
	Object.assign(place.env, { PATH: bin + delimiter + place.env.PATH, LANG: "C.UTF-8" });
}

export function addCounted(
	place: CliScene,
	agentVersion: string,
	unclaimed: number,
	changes: Partial<Session> = {},
) {
	const recognition = { lines: 100, unclaimed };
	const done = { status: "complete" as const, agentVersion, recognition, ...changes };
	addSession(place.scene, done, [makeTurn(1), makeTurn(2)]);
}
