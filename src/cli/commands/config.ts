import {
	checkSetting,
	type ResolvedSetting,
	resolveSettings,
	settingNamed,
} from "../../config/resolve-settings.ts";
import { SETTING_NAMES, type SettingName, settingFacts, TOPICS } from "../../config/settings.ts";
import { CtraceError } from "../../core/errors.ts";
import { nearest } from "../../core/nearest.ts";
import type { Command, CommandArguments } from "../command.ts";
import { type CliContext, printJson, show, viewOf } from "../context.ts";
import { setInDotenv, unsetInDotenv } from "../settings/edit-dotenv.ts";
import { readSettingsFile, writeSettingsFile } from "../settings/settings-file.ts";
import { type ShownSetting, showSetting } from "../settings/show-setting.ts";
import { oneLine, padEnd } from "../text/fit.ts";
import { createPaint } from "../text/paint.ts";

const FLAG = {
	name: "no-transcript",
	summary: "As `ctrace --no-transcript COMMAND` would have it",
} as const;
const NAMES = [...SETTING_NAMES, "HOME"];
const COMMON = { section: "Set up", mendsSettings: true } as const;

export const configListCommand: Command = {
	...COMMON,
	path: ["config", "list"],
	operands: "",
	summary: "Show every setting and who says what it is",
	examples: [
		["ctrace config list", "flag, environment, file or default; secrets are not shown"],
		["ctrace config list --json", "for programs"],
	],
	options: [FLAG, { name: "json", summary: "Print a JSON array of settings" }],
	run: async (context, args) => {
		args.atMost(0);
		const shown = [homeSetting(context), ...settingsOf(context, args).map(showSetting)];
		if (args.has("json")) printJson(context, shown);
		else await show(context, renderSettings(shown, context));
		return context.settingProblems.length === 0 ? 0 : 1;
	},
};

export const configGetCommand: Command = {
	...COMMON,
	path: ["config", "get"],
	operands: "NAME",
	summary: "Print what a setting is",
	examples: [
		["ctrace config get LOG_LEVEL", "its value alone"],
		["ctrace config get LOG_LEVEL --json", "with its origin, and what it may be"],
	],
	options: [
		FLAG,
		{ name: "reveal", summary: "Print a secret as it is" },
		{ name: "json", summary: "Print JSON" },
	],
	completes: NAMES,
	run: (context, args) => {
		const [word] = args.atMost(1);
		const name = word === undefined ? undefined : settingNamed(word);
		const found = settingsOf(context, args).find((one) => one.name === name);
		if (found === undefined && !isHome(word)) throw unknownSetting(word);
		const shown = found === undefined ? homeSetting(context) : showSetting(found);
		const revealed =
			args.has("reveal") && found?.text !== undefined ? { ...shown, value: found.text } : shown;
		if (args.has("json")) printJson(context, revealed);
		else context.stdout.write(`${oneLine(revealed.value ?? "")}\n`);
		return shown.problem === undefined ? 0 : 1;
	},
};

export const configSetCommand: Command = {
	...COMMON,
	path: ["config", "set"],
	operands: "NAME [VALUE]",
	summary: "Write a setting into ctrace's .env; comments stay",
	examples: [
		["ctrace config set RETENTION_DAYS 365", "checked before it is written"],
		["ctrace config set GITHUB_TOKEN", "asks for it, and does not show what you type"],
	],
	options: [],
	completes: SETTING_NAMES,
	run: async (context, args) => {
		const [word, given] = args.atMost(2);
		const name = nameToSet(context, word);
		const isSecret = settingFacts(name).isSecret === true;
		const value = given ?? (await context.ask(`${name}: `, { isSecret })).trim();
		refuseOddText(name, value);
		const wrong = checkSetting(name, value);
		if (wrong !== undefined) throw wrong;
		await change(context, name, (text) => setInDotenv(text, name, value));
		return 0;
	},
};

export const configUnsetCommand: Command = {
	...COMMON,
	path: ["config", "unset"],
	operands: "NAME",
	summary: "Take a setting out of ctrace's .env",
	examples: [["ctrace config unset RETENTION_DAYS", "then its default counts again"]],
	options: [],
	completes: SETTING_NAMES,
	run: async (context, args) => {
		const name = nameToSet(context, args.atMost(1)[0]);
		await change(context, name, (text) => unsetInDotenv(text, name));
		return 0;
	},
};

export const configPathCommand: Command = {
	...COMMON,
	path: ["config", "path"],
	operands: "",
	summary: "Print where ctrace's .env is",
	examples: [['$EDITOR "$(ctrace config path)"', "it need not be there yet"]],
	options: [],
	run: (context, args) => {
		args.atMost(0);
		context.stdout.write(`${context.config.paths.dotenv}\n`);
		return 0;
	},
};

function settingsOf(context: CliContext, args: CommandArguments): readonly ResolvedSetting[] {
	if (!args.has(FLAG.name)) return context.settings;
	const dotenv = readSettingsFile(context.config.paths.dotenv);
	return resolveSettings({ env: context.env, dotenv, options: { transcripts: false } }).each;
}

/** No setting of the file: it says where the file is. */
function homeSetting({ env, config }: CliContext): ShownSetting {
	const isGiven = (env.CTRACE_HOME ?? "") !== "";
	return {
		name: "HOME",
		value: env.CTRACE_HOME || config.paths.data,
		origin: isGiven ? "environment" : "default",
		allowed: "an absolute path",
		about: "One folder for everything ctrace stores; set in your shell alone, as CTRACE_HOME.",
		isSecret: false,
	};
}

function isHome(word: string | undefined): boolean {
	return word !== undefined && /^(?:ctrace_)?home$/i.test(word);
}

/** Throws `usage`. */
function nameToSet({ config }: CliContext, word: string | undefined): SettingName {
	if (isHome(word))
		throw new CtraceError("usage", `CTRACE_HOME says where ${config.paths.dotenv} itself lies`, {
			hint: "Set it in your shell: export CTRACE_HOME=/some/folder",
		});
	const name = word === undefined ? undefined : settingNamed(word);
	if (name === undefined) throw unknownSetting(word);
	return name;
}

function unknownSetting(word: string | undefined): CtraceError {
	if (word === undefined)
		return new CtraceError("usage", "which setting?", { hint: "See which there are: ctrace config list" });
	const guess = nearest(
		word
			.toUpperCase()
			.replaceAll("-", "_")
			.replace(/^CTRACE_/, ""),
		NAMES,
	);
	return new CtraceError("usage", `there is no setting ${JSON.stringify(word)}`, {
		hint: guess === undefined ? "See which there are: ctrace config list" : `Did you mean ${guess}?`,
	});
}

/** A file of lines holds no line break. Throws `usage`. */
export function refuseOddText(name: SettingName, value: string): void {
	if (value === "" && name !== "PAGER")
		throw new CtraceError("usage", `${name} needs a value: ${settingFacts(name).allowed}`, {
			hint: `To take it out of the file: ctrace config unset ${name}`,
		});
	if (/[\p{Cc}\u2028\u2029]/u.test(value))
		throw new CtraceError("usage", `${name} must be one line of text, without control characters`);
}

async function change(context: CliContext, name: SettingName, edit: (text: string) => string): Promise<void> {
	const { config, env, stderr, stdout } = context;
	const path = config.paths.dotenv;
	writeSettingsFile(path, edit(readSettingsFile(path)));
	stdout.write(`Written to ${path}\n`);
	if (env[`CTRACE_${name}`] !== undefined)
		stderr.write(`CTRACE_${name} is set in the environment, too, and counts before the file.\n`);
	if ((await context.daemon()).isLocked())
		stderr.write("The daemon that runs hears of it with: ctrace daemon reload\n");
}

function renderSettings(shown: readonly ShownSetting[], context: CliContext): string {
	const paint = createPaint(viewOf(context).colour);
	const width = (of: (one: ShownSetting) => string) => Math.max(...shown.map((one) => of(one).length));
	const names = width(({ name }) => name);
	const row = (one: ShownSetting) => {
		const value = one.value === undefined ? paint("dim", "not set") : oneLine(one.value);
		const wrong = one.problem === undefined ? "" : `  ${paint("red", oneLine(one.problem))}`;
		return `  ${padEnd(one.name, names)}  ${padEnd(one.origin, 11)}  ${value}${wrong}`;
	};
	const ofTopic = (topic: string) =>
		shown.filter(({ name }) => topicOf(name) === topic).map((one) => row(one));
	const parts = ["Place", ...TOPICS].map((topic) => [paint("bold", topic), ...ofTopic(topic)].join("\n"));
	const problems = context.settingProblems.map(({ message, hint }) =>
		`${message}\n  ${hint ?? ""}`.trimEnd(),
	);
	const last = problems.length === 0 ? [] : [[paint("red", "Wrong:"), ...problems].join("\n")];
	return `${[...parts, ...last].join("\n\n")}\n`;
}

function topicOf(name: string): string {
	const setting = SETTING_NAMES.find((one) => one === name);
	return setting === undefined ? "Place" : settingFacts(setting).topic;
}
