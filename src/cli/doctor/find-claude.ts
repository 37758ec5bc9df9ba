/** Claude Code on this machine: where it lies, which version it is, and how its settings want it drawn. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { claudeConfigDir } from "../../transcripts/files/claude-paths.ts";
import type { CliContext } from "../context.ts";
import { findProgram, outputOf } from "./programs.ts";

export interface FoundClaude {
	readonly path: string;
	/** Absent: it did not say. */
	readonly version?: string;
}

const LIMIT_MS = 10_000;
const VERSION = /^\d+\.\d+\.\d+\S*/;
const settingsSchema = z.object({ tui: z.enum(["fullscreen", "default"]).optional() });

export async function findClaude(env: CliContext["env"]): Promise<FoundClaude | undefined> {
	const path = findProgram("claude", env.PATH);
	if (path === undefined) return undefined;
	// It says its version within a second or two, unless something is wrong.
	const version = VERSION.exec(await outputOf(path, ["--version"], { env, limitMs: LIMIT_MS }))?.[0];
	return { path, ...(version === undefined ? {} : { version }) };
}

/** Who decides the renderer, and for which; undefined: Claude Code itself does. */
export function wantedRenderer(
	context: Pick<CliContext, "env" | "home">,
): { readonly renderer: "classic" | "fullscreen"; readonly by: string } | undefined {
	const { env } = context;
	const isSet = (name: string) => env[name] !== undefined && env[name] !== "";
	if (isSet("CLAUDE_CODE_DISABLE_ALTERNATE_SCREEN"))
		return { renderer: "classic", by: "CLAUDE_CODE_DISABLE_ALTERNATE_SCREEN" };
	if (isSet("CLAUDE_CODE_NO_FLICKER"))
		return {
			renderer: env.CLAUDE_CODE_NO_FLICKER === "0" ? "classic" : "fullscreen",
			by: "CLAUDE_CODE_NO_FLICKER",
		};
	const tui = readTui(join(claudeConfigDir(context), "settings.json"));
	return tui === undefined
		? undefined
		: { renderer: tui === "default" ? "classic" : tui, by: "its settings" };
}

function readTui(settings: string): "fullscreen" | "default" | undefined {
	try {
		return settingsSchema.parse(JSON.parse(readFileSync(settings, "utf8"))).tui;
	} catch {
		return undefined; // no settings, or none about this
	}
}
