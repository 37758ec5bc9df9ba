/** What a live project has, compared with what this version needs. The comparison is pure. */
import * as z from "zod";
import { deletionRow, itemRows, sessionRow, turnRow } from "./plan-rows.ts";

/** Counts up with every change of the migrations that this version cannot do without. */
export const SCHEMA_VERSION = 1;

const schemaFacts = z.object({
	version: z.number(),
	tables: z.record(
		z.string(),
		z.object({ rls: z.boolean(), policies: z.number(), anon: z.boolean(), columns: z.array(z.string()) }),
	),
	triggers: z.array(z.string()),
	realtime: z.array(z.string()),
});

export type SchemaFacts = z.infer<typeof schemaFacts>;

export function parseSchemaFacts(value: unknown): SchemaFacts {
	return schemaFacts.parse(value);
}

const TABLES = [
	"teams",
	"members",
	"invitations",
	"sessions",
	"turns",
	"items",
	"recordings",
	"insights",
	"deletions",
] as const;

/** What keeps late and doubled messages harmless. */
const TRIGGERS = [
	"deletions.carry_out",
	"deletions.note",
	"insights.guard",
	"items.guard",
	"members.take_back",
	"recordings.guard",
	"sessions.guard",
	"turns.guard",
	"turns.trim",
	"turns.trim_changed",
] as const;

/** In words for a person, what lies open first; empty: all is well. */
export function findSchemaFaults(facts: SchemaFacts): string[] {
	const faults = TABLES.flatMap((name) => openFaults(name, facts.tables[name]));
	if (facts.version < SCHEMA_VERSION)
		faults.push(`the schema is version ${facts.version}; this ctrace needs ${SCHEMA_VERSION}`);
	faults.push(...TABLES.flatMap((name) => missingFaults(name, facts.tables[name])));
	for (const trigger of TRIGGERS)
		if (!facts.triggers.includes(trigger)) faults.push(`the trigger ${trigger} is missing or off`);
	if (!facts.realtime.includes("turns"))
		faults.push("the table turns is not in the publication supabase_realtime: `ctrace watch` hears nothing");
	return faults;
}

type TableFacts = SchemaFacts["tables"][string] | undefined;

function openFaults(name: string, table: TableFacts): string[] {
	if (table === undefined) return [];
	return [
		...(table.rls ? [] : [`row-level security is OFF for ${name}: everybody can read it`]),
		...(table.anon ? [`${name} is open to people who are not signed in`] : []),
	];
}

function missingFaults(name: string, table: TableFacts): string[] {
	if (table === undefined) return [`the table ${name} is missing`];
	const missing = (neededColumns()[name] ?? []).filter((column) => !table.columns.includes(column));
	return [
		...(table.policies > 0 ? [] : [`${name} has no policy: nobody can use it`]),
		...(missing.length === 0 ? [] : [`${name} lacks ${missing.join(", ")}`]),
	];
}

/** Those that are really sent: asked of the functions that make the rows. */
function neededColumns(): Readonly<Record<string, readonly string[]>> {
	const owner = { userId: "", machineId: "" };
	const key = { sessionId: "", seq: 1, version: 1 };
	const item = {
		kind: "",
		name: null,
		status: null,
		source: null,
		body: null,
		input: null,
		output: null,
		facts: null,
	};
	const turn = { ...key, kind: "turn" as const, id: "", prompt: "", cells: {}, items: [item] };
	return {
		// What `ctrace report --team` asks by.
		teams: ["names_in_reports"],
		sessions: Object.keys(sessionRow({ ...key, kind: "session", cells: {} }, owner, null)),
		turns: Object.keys(turnRow(turn, owner)),
		items: itemRows(turn, owner).flatMap((row) => Object.keys(row)),
		deletions: Object.keys(deletionRow(key, owner)),
	};
}
