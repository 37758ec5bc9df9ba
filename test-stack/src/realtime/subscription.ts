/** What a client asked to be told about, and whether a change is it. */
import { z } from "zod";
import type { Change, Row } from "./pgoutput.ts";

export interface Subscription {
	/** As the client sent it: it compares its own words with the reply. */
	readonly params: Readonly<Record<string, unknown>>;
	readonly id: number;
	readonly event: string;
	readonly schema: string;
	readonly table: string;
	readonly filter: Filter | undefined;
}

export interface Filter {
	readonly column: string;
	readonly operator: string;
	readonly value: string;
}

const paramsSchema = z.looseObject({
	event: z.string().default("*"),
	schema: z.string().default("public"),
	table: z.string().default("*"),
	filter: z.string().optional(),
});

/** Throws in the server's words when the filter is none. */
export function parseSubscription(params: unknown, id: number): Subscription {
	const parsed = paramsSchema.parse(params);
	return {
		params: params as Readonly<Record<string, unknown>>,
		id,
		event: parsed.event.toUpperCase(),
		schema: parsed.schema,
		table: parsed.table,
		filter: parsed.filter === undefined ? undefined : parseFilter(parsed.filter),
	};
}

function parseFilter(text: string): Filter {
	const [, column, operator, value] = /^([^=]+)=(eq|neq|in)\.(.*)$/s.exec(text) ?? [];
	if (column === undefined || operator === undefined || value === undefined)
		throw new Error(`Error parsing \`filter\` params: ${JSON.stringify(text)}`);
	return { column, operator, value };
}

/** A filter never matches a DELETE by a column that the old row does not show. */
export function isAsked(subscription: Subscription, change: Change): boolean {
	const { event, schema, table, filter } = subscription;
	if (event !== "*" && event !== change.type) return false;
	if (schema !== "*" && schema !== change.relation.schema) return false;
	if (table !== "*" && table !== change.relation.table) return false;
	const row = change.type === "DELETE" ? (change.old ?? new Map()) : change.record;
	return filter === undefined || isFitting(filter, row);
}

function isFitting({ column, operator, value }: Filter, row: Row): boolean {
	const found = row.get(column);
	if (found === undefined || found === null) return false;
	if (operator === "eq") return found === value;
	if (operator === "neq") return found !== value;
	return value
		.replace(/^\(|\)$/g, "")
		.split(",")
		.includes(found);
}
