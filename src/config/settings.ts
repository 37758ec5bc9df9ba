/**
 * Every setting there is: what it means, what it may be, what it is when nobody says. From this come the checks, the help of
 * `ctrace config`, the `.env` of `ctrace init` and `.env.example`.
 */
import * as z from "zod/mini";
import { LOG_LEVELS } from "../core/log-level.ts";
import {
	branch,
	collect,
	days,
	folder,
	httpAddress,
	logLevel,
	onOff,
	pauseKeys,
	reportFormat,
	seconds,
} from "./setting-values.ts";

export interface SettingFacts {
	/** Which settings it stands with. */
	readonly topic: Topic;
	/** What it does, in whole sentences. */
	readonly about: string;
	/** What it may be, in words. */
	readonly allowed: string;
	/** What it is when nobody says, as one would write it; absent: nothing. */
	readonly usual?: string;
	/** How it could look, where it is usually nothing. */
	readonly example?: string;
	/** Never shown in full. */
	readonly isSecret?: boolean;
	/** The only words; where any other one is taken for the strictest, so that it stops no session. */
	readonly words?: readonly string[];
}

export const TOPICS = [
	"Recording",
	"Privacy",
	"Keeping",
	"Supabase",
	"Backup",
	"Daemon",
	"Insights",
] as const;
export type Topic = (typeof TOPICS)[number];

/** With what it is when nobody says. */
function usually<T extends z.ZodMiniType<unknown, string>>(
	schema: T,
	usual: string,
	facts: Omit<SettingFacts, "usual">,
) {
	return { schema: z.prefault(schema, usual as z.input<T>), facts: { ...facts, usual } };
}

function mayBe(facts: Omit<SettingFacts, "usual">, schema: z.ZodMiniType<string, string> = z.string()) {
	return { schema: z.optional(schema), facts };
}

/** One schema gives every setting its type and its default. */
export const SETTINGS = {
	TRANSCRIPTS: usually(onOff, "on", {
		topic: "Recording",
		about: "Read Claude Code's own transcripts beside the terminal. `ctrace --no-transcript` says no once.",
		allowed: "on or off",
	}),
	OFF: usually(onOff, "off", {
		topic: "Recording",
		about: "on: run the command and record nothing.",
		allowed: "on or off",
	}),
	RECORD: usually(onOff, "on", {
		topic: "Recording",
		about:
			"Keep what the screen looked like, masked, so that sessions can be replayed. off: keep the turns only.",
		allowed: "on or off",
	}),
	PAUSE_KEYS: usually(pauseKeys, "off", {
		topic: "Recording",
		about:
			"Keys that pause the recording of the session they are typed in, and let it go on: one to four of ctrl-X, alt-X, f1 … f12, esc, tab, space and, behind the first one, letters and figures. The program gets them, too.",
		allowed: "off, or keys such as ctrl-] p or f12",
		example: "ctrl-] p",
	}),
	PAGER: mayBe({
		topic: "Recording",
		about: "Shows long output; set to nothing: none. Unset: what PAGER says, then less.",
		allowed: "a command",
		example: "less",
	}),
	PRIVACY_MODE: mayBe({
		topic: "Privacy",
		about:
			"How much is masked. strict (unset means it, and so does any other word): all that looks like a secret or personal; moderate: without what is often harmless; minimal: only what is surely a secret.",
		allowed: "minimal, moderate or strict",
		words: ["minimal", "moderate", "strict"],
		example: "strict",
	}),
	UPDATE_NOTICE: usually(onOff, "off", {
		topic: "Privacy",
		about:
			"on: `ctrace doctor` asks npm which version is the newest, and says so when it is not yours. Nothing else is asked or sent, and by nobody else.",
		allowed: "on or off",
	}),
	PASSPHRASE: mayBe({
		topic: "Keeping",
		about:
			"The passphrase of a database that `ctrace encrypt` encrypted with one. In this file it protects only what is copied without it; better in the environment.",
		allowed: "a passphrase",
		isSecret: true,
	}),
	KEEP_RECORDINGS: usually(days, "90", {
		topic: "Keeping",
		about: "Days that recordings are kept after their session's end; 0: for ever. The turns stay.",
		allowed: "a whole number of days",
	}),
	RETENTION_DAYS: usually(days, "0", {
		topic: "Keeping",
		about:
			"After how many days the daemon deletes a session for good, here, at your project and on your other machines; 0: never. Pinned sessions stay.",
		allowed: "a whole number of days",
	}),
	SUPABASE_URL: mayBe({
		topic: "Supabase",
		about: "Your Supabase project: what is recorded is synced to it once you have signed in.",
		allowed: "an https address",
		example: "https://abcdefghijklmnop.supabase.co",
	}),
	SUPABASE_KEY: mayBe({
		topic: "Supabase",
		about: "The project's publishable (or anon) key.",
		allowed: "the publishable or anon key",
		example: "sb_publishable_...",
		isSecret: true,
	}),
	SUPABASE_SERVICE_ROLE_KEY: mayBe({
		topic: "Supabase",
		about:
			"Only for `ctrace supabase check`, where nobody has signed in; never needed otherwise, and refused as SUPABASE_KEY.",
		allowed: "the service-role key",
		isSecret: true,
	}),
	AUTO_SYNC_INTERVAL: usually(seconds, "300", {
		topic: "Supabase",
		about: "Seconds between two syncs of what waits besides the running session; 0: none.",
		allowed: "a whole number of seconds",
	}),
	SHARE_WITH: mayBe({
		topic: "Supabase",
		about:
			"The id of a team that sessions are shared with, unless a rule of `ctrace team share` says otherwise.",
		allowed: "the id of a team",
	}),
	KEYCHAIN: usually(onOff, "on", {
		topic: "Supabase",
		about:
			"Keep the refresh token, and the key of an encrypted database, in the system's keychain where there is one. off: the token in a file of yours alone (0600).",
		allowed: "on or off",
	}),
	GITHUB_REPO: mayBe({
		topic: "Backup",
		about: "Where `ctrace backup` saves your sessions: a private repository on GitHub.",
		allowed: "org/repo",
		example: "org/repo",
	}),
	GITHUB_TOKEN: mayBe({
		topic: "Backup",
		about: "A token that may write the repository's contents.",
		allowed: "a token",
		isSecret: true,
	}),
	GITHUB_API_URL: usually(httpAddress, "https://api.github.com", {
		topic: "Backup",
		about: "Where GitHub is asked whether everybody can read the repository.",
		allowed: "an https address",
	}),
	BACKUP_REMOTE: mayBe({
		topic: "Backup",
		about: "Instead of a repository on GitHub: any address that git knows.",
		allowed: "an address without a password in it",
		example: "git@example.org:me/sessions.git",
	}),
	BACKUP_BRANCH: usually(branch, "main", {
		topic: "Backup",
		about: "The branch that is written.",
		allowed: "the name of a branch",
	}),
	BACKUP_AUTHOR: usually(z.string(), "ctrace <ctrace@localhost>", {
		topic: "Backup",
		about: "Whom the commits name.",
		allowed: "Name <address>",
	}),
	BACKUP_INTERVAL: usually(seconds, "3600", {
		topic: "Backup",
		about: "Seconds between two backups by the daemon; 0: none.",
		allowed: "a whole number of seconds",
	}),
	LOG_LEVEL: usually(logLevel, "info", {
		topic: "Daemon",
		about: "How much the daemon's log tells.",
		allowed: LOG_LEVELS.join(", "),
	}),
	COLLECT: usually(collect, "own", {
		topic: "Daemon",
		about:
			"Whose sessions the daemon brings in: own (Claude Code's usual directory), off, or absolute paths of configuration directories with colons between them.",
		allowed: "off, own, or absolute paths with colons between them",
	}),
	ANTHROPIC_API_KEY: mayBe({
		topic: "Insights",
		about:
			"The key with which `ctrace insights` asks the Claude API for a reading of your sessions, masked as they are stored. Without one it tells what follows from figures alone.",
		allowed: "a key of the Claude API",
		isSecret: true,
	}),
	ANTHROPIC_BASE_URL: usually(httpAddress, "https://api.anthropic.com", {
		topic: "Insights",
		about: "Another address of the same API.",
		allowed: "an https address",
	}),
	INSIGHTS_MODEL: usually(z.string(), "claude-haiku-5-5", {
		topic: "Insights",
		about: "The model that reads sessions.",
		allowed: "the name of a model",
	}),
	REPORT_FOLDER: mayBe(
		{
			topic: "Insights",
			about: "Where the daemon writes the report of each week that is over. Unset: it writes none.",
			allowed: "an absolute path",
			example: "/home/ada/reports",
		},
		folder,
	),
	REPORT_FORMAT: usually(reportFormat, "html", {
		topic: "Insights",
		about: "The form of the weekly report.",
		allowed: "html or markdown",
	}),
};

export type SettingName = keyof typeof SETTINGS;
/** As they are written. */
export type SettingTexts = Readonly<Partial<Record<SettingName, string>>>;
export type Settings = { readonly [Name in SettingName]: z.output<(typeof SETTINGS)[Name]["schema"]> };
export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

export function settingFacts(name: SettingName): SettingFacts {
	return SETTINGS[name].facts;
}
