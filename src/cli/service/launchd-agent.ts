/** The daemon as a launchd agent of one user (launchd.plist(5)). Pure. */
import { posix } from "node:path";
import { refuseControls, type ServiceFacts, type ServicePlan, serviceEnvironment } from "./service-facts.ts";

const LABEL = "ctrace.daemon";

export function planLaunchd(facts: ServiceFacts): ServicePlan {
	const path = posix.join(facts.home, "Library", "LaunchAgents", `${LABEL}.plist`);
	const domain = `gui/${facts.uid}`;
	const service = `${domain}/${LABEL}`;
	return {
		system: "launchd",
		path,
		content: renderAgent(facts),
		onInstall: [
			{ words: ["launchctl", "bootout", service], mayFail: true },
			{ words: ["launchctl", "bootstrap", domain, path] },
		],
		beforeRemoval: [{ words: ["launchctl", "bootout", service], mayFail: true }],
		afterRemoval: [],
		isActive: { words: ["launchctl", "print", service] },
		restart: { words: ["launchctl", "kickstart", "-k", service] },
	};
}

type Value = string | number | boolean | readonly string[] | { readonly [key: string]: Value };

/** Octal 077, as a property list has no octal numbers. */
const PRIVATE_UMASK = 0o077;
const THROTTLE_SECONDS = 10;

export function renderAgent(facts: ServiceFacts): string {
	const environment = serviceEnvironment(facts.env);
	refuseControls([facts.node, facts.script, ...environment.map(([, value]) => value)]);
	const agent: Value = {
		Label: LABEL,
		ProgramArguments: [facts.node, facts.script, "service"],
		...(environment.length === 0 ? {} : { EnvironmentVariables: Object.fromEntries(environment) }),
		RunAtLoad: true,
		// Again when it dies, not when it was told to end.
		KeepAlive: { SuccessfulExit: false },
		ThrottleInterval: THROTTLE_SECONDS,
		ProcessType: "Background",
		Umask: PRIVATE_UMASK,
	};
	return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
${render(agent, "")}
</plist>
`;
}

function render(value: Value, indent: string): string {
	const inner = `${indent}\t`;
	if (typeof value === "boolean") return `${indent}<${value}/>`;
	if (typeof value === "number") return `${indent}<integer>${value}</integer>`;
	if (typeof value === "string") return `${indent}<string>${escapeXml(value)}</string>`;
	if (isList(value)) {
		const items = value.map((item) => render(item, inner));
		return [`${indent}<array>`, ...items, `${indent}</array>`].join("\n");
	}
	const entries = Object.entries(value).flatMap(([key, item]) => [
		`${inner}<key>${escapeXml(key)}</key>`,
		render(item, inner),
	]);
	return [`${indent}<dict>`, ...entries, `${indent}</dict>`].join("\n");
}

function isList(value: Value): value is readonly string[] {
	return Array.isArray(value);
}

function escapeXml(text: string): string {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
