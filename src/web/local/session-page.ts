/** One page of the list: where it begins, and how the next one is named. Pure. */
import type { SessionDigest } from "../../store/browse-store.ts";
import type { SessionsQuery } from "../api/session-list.ts";
import { ApiFailure } from "../server/api-failure.ts";
import { comparison, sortValue } from "./session-index.ts";

export interface SessionPage {
	readonly digests: readonly SessionDigest[];
	readonly total: number;
	readonly offset: number;
	readonly nextCursor?: string;
}

/** `ordered`: all that fit, the greatest first. */
export function pageOf(ordered: readonly SessionDigest[], query: SessionsQuery): SessionPage {
	const inOrder = query.order === "desc" ? ordered : ordered.toReversed();
	const offset = Math.min(firstOf(inOrder, query), inOrder.length);
	const digests = inOrder.slice(offset, offset + query.limit);
	const last = digests.at(-1);
	const hasMore = offset + digests.length < inOrder.length;
	return {
		digests,
		total: inOrder.length,
		offset,
		...(last !== undefined && hasMore ? { nextCursor: cursorAfter(last, query) } : {}),
	};
}

function firstOf(inOrder: readonly SessionDigest[], query: SessionsQuery): number {
	if (query.cursor === undefined) return query.offset ?? 0;
	const mark = readCursor(query.cursor, query);
	const compare = comparison(query.sort);
	const sign = query.order === "desc" ? 1 : -1;
	// Halving: the first entry that comes after the mark.
	let [low, high] = [0, inOrder.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		const digest = inOrder[middle];
		if (digest !== undefined && sign * compare(digest, mark) <= 0) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** The last entry's place in the order: it holds also when that session is gone, or has changed. */
function cursorAfter(digest: SessionDigest, { sort, order }: SessionsQuery): string {
	const parts = [sort, order, sortValue(digest, sort), digest.startedAt, digest.key];
	return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

function readCursor(cursor: string, { sort, order }: SessionsQuery): SessionDigest {
	const parts = parseCursor(cursor);
	const [ofSort, ofOrder, value, startedAt, key] = parts;
	const numbers = [value, startedAt, key];
	if (ofSort !== sort || ofOrder !== order || numbers.some((one) => typeof one !== "number"))
		throw new ApiFailure("input", "cursor: it belongs to another list", {
			fields: [{ name: "cursor", message: "it belongs to another list" }],
		});
	const [wanted = 0, start = 0, number = 0] = numbers as number[];
	const place = { ...NOWHERE, startedAt: start, key: number };
	return sort === "durationMs" ? { ...place, lastAt: start + wanted } : { ...place, [sort]: wanted };
}

function parseCursor(cursor: string): readonly unknown[] {
	try {
		const parsed: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
		return Array.isArray(parsed) ? parsed : [];
	} catch {
		return [];
	}
}

const NOWHERE: SessionDigest = {
	key: 0,
	version: 0,
	id: "",
	agent: "",
	agentVersion: "",
	cwd: "",
	branch: "",
	models: [],
	status: "complete",
	startedAt: 0,
	lastAt: 0,
	turns: 0,
	tools: 0,
	tokens: 0,
	costUsd: 0,
	masked: 0,
};
