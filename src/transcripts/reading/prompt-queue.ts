/**
 * Prompts that were typed while the model worked. Handed to it in the middle of a turn they have no user's line of their
 * own: newer versions attach them, older ones only note that the queue lost one.
 */
import type { TranscriptMarks } from "../../core/transcript-marks.ts";
import { type Entry, textOf } from "./entry.ts";

/** Attached to the conversation as what the person queued. */
const ATTACHED = "queued_command";
/** A queued note of the program's own. */
const NOTE = "task-notification";

export class PromptQueue {
	readonly #marks: TranscriptMarks;
	readonly #waiting: string[] = [];
	/** Taken out of the queue and told as a prompt; an attachment that says the same says nothing new. */
	readonly #told: string[] = [];
	#hasAttachments = false;

	constructor(marks: TranscriptMarks) {
		this.#marks = marks;
	}

	/** The prompts that this entry makes turns. */
	feed(entry: Entry): string[] {
		return [...this.#attached(entry), ...this.#removed(entry)];
	}

	#attached({ attachment }: Entry): string[] {
		if (attachment?.type !== ATTACHED || attachment.commandMode === NOTE) return [];
		this.#hasAttachments = true;
		const text = textOf(attachment.prompt);
		const told = this.#told.indexOf(text);
		if (told === -1) return text === "" ? [] : [text];
		this.#told.splice(told, 1);
		return [];
	}

	#removed({ type, operation, content }: Entry): string[] {
		if (type !== "queue-operation") return [];
		if (operation === "enqueue" && content !== undefined) this.#waiting.push(content);
		if (operation !== "dequeue" && operation !== "remove") return [];
		const prompt = content ?? this.#waiting[0];
		if (prompt === undefined) return [];
		const at = this.#waiting.indexOf(prompt);
		if (at !== -1) this.#waiting.splice(at, 1);
		// Dequeued, it becomes a line of its own; removed, it was handed over in the middle of a turn.
		if (operation === "dequeue" || this.#hasAttachments || this.#marks.notTyped.test(prompt)) return [];
		this.#told.push(prompt);
		return [prompt];
	}
}
