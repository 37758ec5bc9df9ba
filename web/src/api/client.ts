/** Asks the server. What goes wrong comes back as one kind of error, with what to do about it. */
import type { ApiError, ApiErrorCode } from "./types.ts";

const API_ROOT = "/api/v1";

export class ApiFailure extends Error {
	readonly code: ApiErrorCode;
	readonly hint: string | undefined;

	constructor(code: ApiErrorCode, message: string, hint?: string) {
		super(message);
		this.name = "ApiFailure";
		this.code = code;
		this.hint = hint;
	}
}

export type QueryValues = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

interface Asked {
	readonly query?: QueryValues;
	readonly signal?: AbortSignal;
}

/** The address of a route, for links and for the stream of events. Undefined values are left out. */
export function apiUrl(path: string, query: QueryValues = {}): string {
	const params = new URLSearchParams();
	for (const [name, value] of Object.entries(query)) {
		if (value === undefined) continue;
		for (const one of Array.isArray(value) ? value : [value]) params.append(name, String(one));
	}
	const text = params.toString();
	return `${API_ROOT}${path}${text === "" ? "" : `?${text}`}`;
}

export async function ask<Answer>(path: string, asked: Asked = {}): Promise<Answer> {
	const response = await send(apiUrl(path, asked.query), asked.signal ? { signal: asked.signal } : {});
	return (await response.json()) as Answer;
}

export async function askText(path: string, asked: Asked = {}): Promise<string> {
	const response = await send(apiUrl(path, asked.query), asked.signal ? { signal: asked.signal } : {});
	return response.text();
}

export async function change<Answer>(
	method: "POST" | "PUT" | "DELETE",
	path: string,
	body?: unknown,
): Promise<Answer> {
	const response = await send(apiUrl(path), {
		method,
		// A form of another site cannot send this header.
		headers: { "x-ctrace": "1", ...(body === undefined ? {} : { "content-type": "application/json" }) },
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
	return (await response.json()) as Answer;
}

async function send(url: string, init: RequestInit): Promise<Response> {
	const response = await reach(url, init);
	if (response.ok) return response;
	throw await failureOf(response);
}

async function reach(url: string, init: RequestInit): Promise<Response> {
	try {
		return await fetch(url, init);
	} catch (error) {
		if (error instanceof DOMException && error.name === "AbortError") throw error;
		throw new ApiFailure(
			"offline",
			"ctrace web does not answer",
			"It has ended, or the machine is very busy. Start it again: ctrace web",
		);
	}
}

async function failureOf(response: Response): Promise<ApiFailure> {
	try {
		const { error } = (await response.json()) as ApiError;
		return new ApiFailure(error.code, error.message, error.hint);
	} catch {
		return new ApiFailure("internal", `the server answered with status ${response.status}`);
	}
}
