/**
 * What somebody who helps needs to know, and nothing of what was recorded. Nothing is taken out of it: only what has a form that
 * holds no content comes in. Numbers, words from lists of our own, versions. No path, no name, no message. Pure.
 */
import * as z from "zod";
import type { ResolvedSetting } from "../../config/resolve-settings.ts";
import { settingFacts } from "../../config/settings.ts";
import { AREAS, type Check, type DoctorReport } from "./report.ts";

const count = z.number();
const version = z.string().regex(/^\d{1,5}(?:\.\d{1,5}){0,3}$/);
/** A version may carry a commit or the like behind it. */
const ownVersion = z.string().regex(/^\d+\.\d+\.\d+$/);
const size = z.object({ fileBytes: count, logBytes: count, freeBytes: count });

const bundleSchema = z.strictObject({
	ctraceBundle: z.literal(1),
	versions: z.object({ ctrace: ownVersion, node: version, sqlite: version }).partial(),
	platform: z.enum(["linux", "darwin", "other"]),
	checks: z.array(z.object({ area: z.enum(AREAS), level: z.enum(["ok", "warning", "error"]) })),
	files: z.array(
		z.object({
			name: z.enum(["data", "database", "state", "pseudonym key", "settings"]),
			state: z.enum(["ok", "absent", "wrong"]),
			mode: z
				.string()
				.regex(/^[0-7]{4}$/)
				.exactOptional(),
		}),
	),
	settings: z.array(
		z.object({
			name: z.string(),
			origin: z.enum(["flag", "environment", "file", "default"]),
			isUsual: z.boolean(),
			isWrong: z.boolean(),
			value: z
				.union([
					z.enum(["on", "off", "error", "warn", "info", "debug", "minimal", "moderate", "strict"]),
					z.string().regex(/^\d{1,7}$/),
				])
				.exactOptional(),
		}),
	),
	space: size.exactOptional(),
	database: z
		.object({ schemaVersion: count, damage: count, journalMode: z.enum(["wal", "delete", "other"]) })
		.exactOptional(),
	patterns: z.object({ secrets: count, own: count, looks: count }).partial(),
	pseudonymKey: z.enum(["present", "absent", "damaged", "unreadable"]),
	sessions: z.object({ total: count, running: count, lost: count }),
	recognition: z.array(
		z.object({
			agent: z.enum(["claude-code", "generic", "other"]),
			version: version.exactOptional(),
			sessions: count,
			turns: count,
			lines: count,
			unclaimed: count,
			compared: count,
			fidelity: count.exactOptional(),
		}),
	),
	renderer: z.enum(["classic", "fullscreen", "pipe", "none"]).exactOptional(),
	transcripts: z
		.object({ sessions: count, unknown: count, expiring: count, keptDays: count })
		.exactOptional(),
});

export type Bundle = z.infer<typeof bundleSchema>;

export interface BundleSources {
	readonly report: DoctorReport;
	readonly checks: readonly Check[];
	readonly settings: readonly ResolvedSetting[];
	readonly platform: string;
}

export function makeBundle({ report, checks, settings, platform }: BundleSources): Bundle {
	const { database, space, transcripts, patterns, sessions, pseudonymKey, renderer } = report;
	return bundleSchema.parse({
		ctraceBundle: 1,
		versions: inForm(report.versions, { ctrace: ownVersion, node: version, sqlite: version }),
		platform: platform === "linux" || platform === "darwin" ? platform : "other",
		checks: checks.map(({ area, level }) => ({ area, level })),
		files: report.paths.map(({ name, state, mode }) => ({
			name,
			state,
			...(mode === undefined ? {} : { mode }),
		})),
		settings: settings.map(bundledSetting),
		...(space === undefined ? {} : { space }),
		...(database === undefined
			? {}
			: {
					database: {
						schemaVersion: database.schemaVersion,
						damage: database.damage.length,
						journalMode: /^(?:wal|delete)$/.test(database.journalMode) ? database.journalMode : "other",
					},
				}),
		patterns,
		pseudonymKey,
		sessions,
		recognition: report.recognition.map(bundledVersion),
		...(renderer === undefined ? {} : { renderer }),
		...(transcripts === undefined ? {} : { transcripts }),
	});
}

function inForm(values: object, forms: Readonly<Record<string, z.ZodType>>): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(values).filter(([name, value]) => forms[name]?.safeParse(value).success),
	);
}

const VALUE = bundleSchema.shape.settings.element.shape.value;

/** A value only where it can be nothing but a switch, a number or a word of ours. */
function bundledSetting({ name, origin, text, problem }: ResolvedSetting) {
	const { usual, isSecret } = settingFacts(name);
	const isPlain =
		isSecret !== true &&
		problem === undefined &&
		/^(?:on or off|a whole number|error, |minimal)/.test(settingFacts(name).allowed);
	return {
		name,
		origin,
		isUsual: text === usual,
		isWrong: problem !== undefined,
		...(isPlain && text !== undefined && VALUE.safeParse(text).success ? { value: text } : {}),
	};
}

function bundledVersion(found: DoctorReport["recognition"][number]) {
	const { agent, agentVersion, sessions, turns, lines, unclaimed, compared, fidelity } = found;
	return {
		agent: agent === "claude-code" || agent === "generic" ? agent : "other",
		...(version.safeParse(agentVersion).success ? { version: agentVersion } : {}),
		...{ sessions, turns, lines, unclaimed, compared },
		...(fidelity === undefined ? {} : { fidelity }),
	};
}
