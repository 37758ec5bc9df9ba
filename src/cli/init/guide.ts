/** The first run, question by question. What is set already is the default; nothing is written before the end. */
import { checkSetting } from "../../config/resolve-settings.ts";
import type { SettingName, SettingTexts } from "../../config/settings.ts";
import { readProject } from "../../config/supabase-project.ts";
import { CtraceError } from "../../core/errors.ts";
import type { ProjectTrial } from "../../sync/try-project.ts";
import type { Dialog } from "../ask.ts";
import type { CliContext } from "../context.ts";
import { withoutPassword } from "../settings/show-setting.ts";
import { oneLine } from "../text/fit.ts";

export interface GuideTools extends Pick<CliContext, "tryProject" | "tryRemote"> {
	readonly dialog: Dialog;
	readonly say: (text: string) => void;
	/** What is set now, wherever. */
	readonly now: (name: SettingName) => string | undefined;
}

/** The person wants out. */
export class Left extends Error {}

/** What is to be written; an empty text takes a setting out of the file. Throws `Left`. */
export async function guide(tools: GuideTools): Promise<SettingTexts> {
	return { ...(await askPrivacy(tools)), ...(await askSupabase(tools)), ...(await askBackup(tools)) };
}

async function askPrivacy(tools: GuideTools): Promise<SettingTexts> {
	tools.say(
		"\nHow much is masked before it is written: strict (all that looks secret or personal),\nmoderate (without what is often harmless), minimal (only what is surely a secret).\n",
	);
	return { PRIVACY_MODE: await askSetting(tools, "PRIVACY_MODE", "Privacy mode", "strict") };
}

async function askSupabase(tools: GuideTools): Promise<SettingTexts> {
	tools.say("\nSync with a Supabase project of your own? Without one nothing leaves this machine.\n");
	for (;;) {
		const url = await askOptional(tools, "SUPABASE_URL", "Address of the project");
		if (url === "") return { SUPABASE_URL: "", SUPABASE_KEY: "" };
		const key = await askSecret(tools, "SUPABASE_KEY", "Its publishable (or anon) key");
		const trial = await tried(async () => {
			const project = readProject(url, key === "" ? undefined : key);
			if (project === undefined) return;
			tools.say("Asking it … ");
			const outcome = await tools.tryProject(project);
			if (!FINE[outcome]) throw new CtraceError("remote", TRIALS[outcome]);
			tools.say(`${TRIALS[outcome]}\n`);
		});
		if (await isKept(tools, trial)) return { SUPABASE_URL: url, SUPABASE_KEY: key };
	}
}

const FINE: Readonly<Record<ProjectTrial, boolean>> = {
	ready: true,
	"no-tables": true,
	"key-refused": false,
	unreachable: false,
	strange: false,
};

const TRIALS: Readonly<Record<ProjectTrial, string>> = {
	ready: "it answers, and has ctrace's tables. Next: ctrace login EMAIL",
	"no-tables":
		"it answers. Make ctrace's tables with the output of `ctrace supabase schema`, then: ctrace login EMAIL",
	"key-refused": "the project does not take this key",
	unreachable: "nobody answers there",
	strange: "what answers there is no Supabase project",
};

async function askBackup(tools: GuideTools): Promise<SettingTexts> {
	tools.say("\nBack up into a private Git repository? org/repo on GitHub, or any address that git knows.\n");
	for (;;) {
		const place = await askOptional(
			tools,
			tools.now("BACKUP_REMOTE") === undefined ? "GITHUB_REPO" : "BACKUP_REMOTE",
			"Repository",
		);
		if (place === "") return { GITHUB_REPO: "", BACKUP_REMOTE: "" };
		const isGitHub = /^[\w.-]+\/[\w.-]+$/u.test(place);
		const isHttp = isGitHub || /^https?:/iu.test(place);
		const token = isHttp ? await askSecret(tools, "GITHUB_TOKEN", "A token that may write its contents") : "";
		const choices: SettingTexts = {
			...(isGitHub ? { GITHUB_REPO: place, BACKUP_REMOTE: "" } : { BACKUP_REMOTE: place, GITHUB_REPO: "" }),
			...(isHttp ? { GITHUB_TOKEN: token } : {}),
		};
		const trial = await tried(async () => {
			tools.say("Asking it … ");
			await tools.tryRemote(choices);
			tools.say("it can be reached.\n");
		});
		if (await isKept(tools, trial)) return choices;
	}
}

async function tried(work: () => Promise<void>): Promise<CtraceError | undefined> {
	try {
		await work();
		return undefined;
	} catch (error) {
		if (error instanceof CtraceError) return error;
		throw error;
	}
}

/** What did not work may be right all the same: the network may be away. */
async function isKept(tools: GuideTools, wrong: CtraceError | undefined): Promise<boolean> {
	if (wrong === undefined) return true;
	tools.say(`${oneLine(wrong.message)}.\n`);
	if (wrong.hint !== undefined) tools.say(`${oneLine(wrong.hint)}\n`);
	if (wrong.code === "config") return false;
	return /^y(?:es)?$/i.test((await answer(tools, "Keep it all the same? [y/N] ")).trim());
}

/** Enter keeps what there is. Asked again until it is right. */
async function askSetting(
	tools: GuideTools,
	name: SettingName,
	label: string,
	usual: string,
): Promise<string> {
	for (;;) {
		const fallback = tools.now(name) ?? usual;
		const value = (await answer(tools, `${label} [${oneLine(fallback)}]: `)).trim() || fallback;
		const wrong = checkSetting(name, value);
		if (wrong === undefined) return value;
		tools.say(`${oneLine(wrong.message)}\n`);
	}
}

/** Enter keeps what there is, `none` takes it away. */
async function askOptional(tools: GuideTools, name: SettingName, label: string): Promise<string> {
	const known = tools.now(name);
	const offer = known === undefined ? "none" : `${oneLine(withoutPassword(known))}; none to take it out`;
	const value = (await answer(tools, `${label} [${offer}]: `)).trim();
	if (value === "") return known ?? "";
	return value.toLowerCase() === "none" ? "" : value;
}

/** Not shown while it is typed, nor when it is known. */
async function askSecret(tools: GuideTools, name: SettingName, label: string): Promise<string> {
	const known = tools.now(name);
	const offer = known === undefined ? "" : " [the one that is set]";
	return (await answer(tools, `${label}${offer}: `, true)).trim() || (known ?? "");
}

export async function answer(
	{ dialog }: Pick<GuideTools, "dialog">,
	question: string,
	isSecret = false,
): Promise<string> {
	const line = await dialog.ask(question, { isSecret });
	if (line === undefined) throw new Left();
	return line.replace(/[\p{Cc}\u2028\u2029]/gu, "");
}
