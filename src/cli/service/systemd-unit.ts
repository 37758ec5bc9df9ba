/** The daemon as a systemd user unit (systemd.service(5), systemd.exec(5), systemd.syntax(7)). Pure. */
import { posix } from "node:path";
import { refuseControls, type ServiceFacts, type ServicePlan, serviceEnvironment } from "./service-facts.ts";

const UNIT = "ctrace.service";
const TARGET = "default.target";

export function planSystemd(facts: ServiceFacts): ServicePlan {
	const folder = posix.join(configHome(facts), "systemd", "user");
	const path = posix.join(folder, UNIT);
	const tell = (...words: string[]) => ({ words: ["systemctl", "--user", ...words] });
	return {
		system: "systemd",
		path,
		content: renderUnit(facts),
		// What `systemctl enable` would make, but also where systemd does not run at the moment.
		link: { path: posix.join(folder, `${TARGET}.wants`, UNIT), target: `../${UNIT}` },
		onInstall: [
			{ ...tell("daemon-reload"), mayFail: true },
			{ ...tell("restart", UNIT), mayFail: true },
		],
		beforeRemoval: [{ ...tell("stop", UNIT), mayFail: true }],
		afterRemoval: [{ ...tell("daemon-reload"), mayFail: true }],
		isActive: tell("is-active", "--quiet", UNIT),
		restart: tell("restart", UNIT),
	};
}

function configHome({ env, home }: ServiceFacts): string {
	const given = env.XDG_CONFIG_HOME;
	return given !== undefined && posix.isAbsolute(given) ? given : posix.join(home, ".config");
}

export function renderUnit(facts: ServiceFacts): string {
	const environment = serviceEnvironment(facts.env);
	refuseControls([facts.node, facts.script, ...environment.map(([, value]) => value)]);
	const variables = environment.map(([name, value]) => `Environment=${quote(`${name}=${value}`)}\n`).join("");
	return `# Written by \`ctrace service install\`; removed by \`ctrace service uninstall\`.
[Unit]
Description=ctrace, the flight recorder for Claude Code

[Service]
Type=exec
ExecStart=${program(facts.node)} ${quote(facts.script, "$")} service
ExecReload=/bin/kill -HUP $MAINPID
${variables}Restart=on-failure
RestartSec=5
# It runs already: another one is not wanted.
RestartPreventExitStatus=4
# The daemon ends its components itself, within five seconds.
KillMode=mixed
TimeoutStopSec=10
UMask=0077
NoNewPrivileges=yes

[Install]
WantedBy=${TARGET}
`;
}

/** systemd takes no program whose path holds quotes or backslashes; `env` takes any. */
function program(path: string): string {
	return /["'\\]/.test(path) ? `/usr/bin/env ${quote(path, "$")}` : quote(path);
}

/** `%` begins a specifier everywhere, `$` a variable in the arguments of a command. */
function quote(text: string, doubled = ""): string {
	const escaped = text.replace(/["\\]/g, "\\$&").replaceAll("%", "%%");
	return `"${doubled === "" ? escaped : escaped.split(doubled).join(doubled + doubled)}"`;
}
