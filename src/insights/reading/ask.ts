/** A question with an answer of a given shape: checked, and put right once by the model itself, or given up. */
import type * as z from "zod";
import { CtraceError } from "../../core/errors.ts";
import type { TokenUse } from "./budget.ts";
import type { ModelRequest } from "./requests.ts";

export interface ModelAnswer {
	readonly text: string;
	/** `refusal`, `max_tokens` …, as the API says. */
	readonly stopReason: string | null;
	readonly use: TokenUse;
}

export interface Exchange extends ModelRequest {
	/** JSON Schema of the answer. */
	readonly schema: Readonly<Record<string, unknown>>;
	/** What the model said before, and what was wrong with it. */
	readonly correction?: { readonly answer: string; readonly fault: string };
}

/** Sends one request. Throws `CtraceError`: `offline`, `signed-out` (the key), `remote`. */
export type SendToModel = (exchange: Exchange, signal: AbortSignal) => Promise<ModelAnswer>;

export interface Question<T> {
	readonly request: ModelRequest;
	readonly shape: z.ZodType<T>;
	readonly schema: Readonly<Record<string, unknown>>;
	readonly signal: AbortSignal;
	/** Told of every answer's tokens, also of those of an answer that was of no use. */
	readonly onUse: (use: TokenUse) => void;
	/** May a second request be sent? */
	readonly mayRepair: (request: ModelRequest) => Promise<boolean>;
}

/** Throws `model-answer` when also the corrected answer has not the shape, `model-refused` when the model will not answer. */
export async function ask<T>(send: SendToModel, question: Question<T>): Promise<T> {
	const { request, schema, signal, onUse } = question;
	const first = await send({ ...request, schema }, signal);
	onUse(first.use);
	const read = readAnswer(first, question.shape);
	if ("value" in read) return read.value;
	const correction = { answer: first.text, fault: read.fault };
	const longer = { ...request, user: request.user + first.text + read.fault };
	if (!(await question.mayRepair(longer))) throw noUse(read.fault);
	const second = await send({ ...request, schema, correction }, signal);
	onUse(second.use);
	const again = readAnswer(second, question.shape);
	if ("value" in again) return again.value;
	throw noUse(again.fault);
}

function readAnswer<T>(
	{ text, stopReason }: ModelAnswer,
	shape: z.ZodType<T>,
): { readonly value: T } | { readonly fault: string } {
	if (stopReason === "refusal")
		throw new CtraceError("model-refused", "the model declined to answer", {
			hint: "Try another model: --model NAME.",
		});
	if (stopReason === "max_tokens") return { fault: "the answer was cut off: it was too long" };
	const json = parseJson(text);
	if (json === undefined) return { fault: "the answer is no JSON" };
	const parsed = shape.safeParse(json);
	if (parsed.success) return { value: parsed.data };
	const [issue] = parsed.error.issues;
	return { fault: `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "of the wrong shape"}` };
}

function parseJson(text: string): unknown {
	const begin = text.indexOf("{");
	const end = text.lastIndexOf("}");
	try {
		return JSON.parse(text.slice(Math.max(0, begin), end + 1));
	} catch {
		return undefined;
	}
}

function noUse(fault: string): CtraceError {
	return new CtraceError("model-answer", `the model's answer is of no use: ${fault}`, {
		hint: "Try again, or another model: --model NAME.",
	});
}
