/**
 * What each setting is, and who says so. Pure.
 *
 * What counts, first to last: the command's options, `CTRACE_`-prefixed names of the environment, ctrace's own `.env`
 * (there with or without the prefix), the default. Un-prefixed names of the environment never count: a project that
 * the person happens to stand in has settings of its own.
 */
import { CtraceError } from "../core/errors.ts";
import { parseDotenv } from "./dotenv.ts";
import type { Environment } from "./paths.ts";
import { SETTING_NAMES, SETTINGS, type SettingName, type Settings, settingFacts } from "./settings.ts";

export type Origin = "flag" | "environment" | "file" | "default";

export interface ResolvedSetting {
	readonly name: SettingName;
	readonly origin: Origin;
	/** As it was written, or as one would write the default; absent: it is not set. */
	readonly text?: string;
	/** What is wrong with it; the default stands in its place then. */
	readonly problem?: CtraceError;
}

export interface SettingSources {
	readonly env: Environment;
	/** What the command line says; absent = nothing. */
	readonly options?: { readonly transcripts?: boolean };
	/** Contents of ctrace's own `.env`, when there is one. */
	readonly dotenv?: string;
}

export interface ResolvedSettings {
	readonly settings: Settings;
	readonly each: readonly ResolvedSetting[];
}

export function resolveSettings(sources: SettingSources): ResolvedSettings {
	const file = sources.dotenv === undefined ? {} : parseDotenv(sources.dotenv);
	const resolved = SETTING_NAMES.map((name) => resolveOne(name, findSetting(name, sources, file)));
	return {
		settings: Object.fromEntries(resolved.map(({ one, value }) => [one.name, value])) as Settings,
		each: resolved.map(({ one }) => one),
	};
}

/** `LOG_LEVEL`, `CTRACE_LOG_LEVEL`, `log-level`: undefined when it is none of ours. */
export function settingNamed(word: string): SettingName | undefined {
	const bare = word
		.toUpperCase()
		.replaceAll("-", "_")
		.replace(/^CTRACE_/, "");
	return SETTING_NAMES.find((name) => name === bare);
}

/** What is wrong with a value that is about to be written; undefined: nothing. */
export function checkSetting(name: SettingName, text: string): CtraceError | undefined {
	const { words } = settingFacts(name);
	const isWord = words === undefined || words.includes(text.trim().toLowerCase());
	return isWord ? resolveOne(name, { text, origin: "flag" }).one.problem : wrongValue(name, text);
}

interface Given {
	readonly text: string;
	readonly origin: Origin;
}

function findSetting(
	name: SettingName,
	{ env, options }: SettingSources,
	file: Readonly<Record<string, string>>,
): Given | undefined {
	const prefixed = `CTRACE_${name}`;
	const flag = name === "TRANSCRIPTS" ? options?.transcripts : undefined;
	if (flag !== undefined) return { text: flag ? "on" : "off", origin: "flag" };
	if (env[prefixed] !== undefined) return given(name, env[prefixed], "environment");
	const text = file[prefixed] ?? file[name];
	return text === undefined ? undefined : given(name, text, "file");
}

/** Set to nothing is not set; only a pager may be nothing. */
function given(name: SettingName, text: string, origin: Origin): Given | undefined {
	return text !== "" || name === "PAGER" ? { text, origin } : undefined;
}

function resolveOne(name: SettingName, found: Given | undefined): { one: ResolvedSetting; value: unknown } {
	const schema = SETTINGS[name].schema;
	const parsed = schema.safeParse(found?.text);
	const text = found?.text ?? settingFacts(name).usual;
	const origin = found?.origin ?? "default";
	const written = { name, origin, ...(text === undefined ? {} : { text }) };
	if (parsed.success) return { one: written, value: parsed.data };
	const problem = wrongValue(name, found?.text ?? "", origin);
	return { one: { ...written, problem }, value: schema.parse(undefined) };
}

const WHERE: Readonly<Partial<Record<Origin, (name: string) => string>>> = {
	environment: (name) => `CTRACE_${name} is set in the environment.`,
	file: (name) =>
		`It is set in the .env of ctrace's configuration directory. Mend it: ctrace config set ${name} VALUE`,
};

function wrongValue(name: SettingName, text: string, origin?: Origin): CtraceError {
	const { allowed, isSecret } = settingFacts(name);
	const shown = isSecret === true ? "what was given" : JSON.stringify(text);
	const hint = origin === undefined ? undefined : WHERE[origin]?.(name);
	return new CtraceError(
		"config",
		`CTRACE_${name} must be ${allowed}, not ${shown}`,
		hint === undefined ? {} : { hint },
	);
}
