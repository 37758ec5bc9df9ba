import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "../command.ts";
import { show } from "../context.ts";

export const supabaseSchemaCommand: Command = {
	path: ["supabase", "schema"],
	operands: "",
	section: "Sync",
	summary: "Print the SQL that makes ctrace's tables",
	examples: [["ctrace supabase schema > ctrace.sql", "paste it into the project's SQL editor, once"]],
	options: [],
	run: async (context, args) => {
		args.atMost(0);
		const names = readdirSync(context.migrations).filter((name) => name.endsWith(".sql"));
		const parts = names
			.sort()
			.map((name) => `-- ${name}\n\n${readFileSync(join(context.migrations, name), "utf8")}`);
		await show(context, `begin;\n\n${parts.join("\n")}\ncommit;\n`);
		return 0;
	},
};

export const supabaseCheckCommand: Command = {
	path: ["supabase", "check"],
	operands: "",
	section: "Sync",
	summary: "Compare your project with what this ctrace needs",
	examples: [["ctrace supabase check", "exit code 1 when something is missing"]],
	options: [],
	run: async (context, args) => {
		args.atMost(0);
		const kit = await context.loadSync();
		const faults = await kit.findFaults(context.config.serviceRoleKey);
		if (faults.length === 0) {
			context.stdout.write(`${kit.url} has what this ctrace needs.\n`);
			return 0;
		}
		for (const fault of faults) context.stdout.write(`- ${fault}\n`);
		context.stderr.write(
			"What to do: run the output of `ctrace supabase schema` in the project's SQL editor, or put the files of\nsupabase/migrations into your own project's folder and run `supabase db push`.\n",
		);
		return 1;
	},
};
