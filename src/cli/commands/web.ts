import type { Command } from "../command.ts";

export const webCommand: Command = {
	path: ["web"],
	operands: "",
	summary: "Show the sessions in your browser",
	examples: [
		["ctrace web", "opens the page; Ctrl-C ends it"],
		["ctrace web --port 8080 --no-open", "at this port, and only prints the address"],
		[
			"ctrace web --team",
			"your sessions and those that your team shares, from the project you are signed in to",
		],
	],
	options: [
		{
			name: "port",
			letter: "p",
			value: "N",
			summary: "Listen on port N (4650, or the next that is free; 0: any)",
		},
		{
			name: "host",
			value: "ADDRESS",
			summary: "Listen there instead of on this machine alone: others can then ask",
		},
		{ name: "team", summary: "Show what the team shares, from its Supabase project (ctrace login)" },
		{ name: "no-open", summary: "Do not open the browser" },
	],
	run: async (context, args) => {
		args.atMost(0);
		// The server's code is loaded by this command alone.
		const { runWeb } = await import("../web/run-web.ts");
		return runWeb(context, {
			port: args.count("port"),
			host: args.text("host"),
			isTeam: args.has("team"),
			opensBrowser: !args.has("no-open"),
		});
	},
};
