/** One joined channel: who listens, to what, and until when. */
import type pg from "pg";
import { type Claims, verifyJwt } from "../jwt.ts";
import { parseSubscription, type Subscription } from "./subscription.ts";

export interface ChannelMessage {
	readonly join_ref: string | null;
	readonly ref: string | null;
	readonly topic: string;
	readonly event: string;
	readonly payload: Readonly<Record<string, unknown>>;
}

interface ChannelFacts {
	readonly token: string;
	readonly send: (message: ChannelMessage) => void;
	readonly onClose: (channel: Channel) => void;
}

/** A timer cannot wait longer; a test run ends long before. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** So that the token is over for certain when the timer rings. */
const AFTER_EXPIRY_MS = 50;

export class Channel {
	readonly topic: string;
	readonly subscriptions: readonly Subscription[];
	claims: Claims;
	readonly #joinRef: string | null;
	readonly #facts: ChannelFacts;
	#isListening = false;
	#expiry: NodeJS.Timeout | undefined;

	private constructor(message: ChannelMessage, claims: Claims, facts: ChannelFacts) {
		this.topic = message.topic;
		this.claims = claims;
		this.#joinRef = message.join_ref ?? message.ref;
		this.#facts = facts;
		const config = message.payload.config as { readonly postgres_changes?: readonly unknown[] } | undefined;
		this.subscriptions = (config?.postgres_changes ?? []).map((params, index) =>
			parseSubscription(params, index + 1),
		);
		this.#watchExpiry();
	}

	/** Without a token of the person's own, the key's stands: nobody in particular. */
	static join(message: ChannelMessage, facts: ChannelFacts): Channel | { readonly error: string } {
		const given = message.payload.access_token;
		const token = typeof given === "string" && !given.startsWith("sb_") ? given : facts.token;
		const verdict = verifyJwt(token);
		if ("error" in verdict) return { error: `InvalidJWTToken: ${verdict.error}` };
		try {
			return new Channel(message, verdict.claims, facts);
		} catch (error) {
			return { error: error instanceof Error ? error.message : String(error) };
		}
	}

	/** Those that are served already. */
	listening(): readonly Subscription[] {
		return this.#isListening ? this.subscriptions : [];
	}

	async listen(asking: pg.Client, publication: string): Promise<void> {
		for (const { schema, table } of this.subscriptions) {
			const { rows } = await asking.query(
				"select 1 from pg_publication_tables where pubname = $1 and ($2 = '*' or schemaname = $2) and ($3 = '*' or tablename = $3)",
				[publication, schema, table],
			);
			if (rows.length > 0) continue;
			return this.#tellSystem("error", "Unable to subscribe to changes with given parameters");
		}
		this.#isListening = true;
		this.#tellSystem("ok", "Subscribed to PostgreSQL");
	}

	renew(token: unknown): void {
		if (typeof token !== "string" || token.startsWith("sb_")) return;
		const verdict = verifyJwt(token);
		if ("error" in verdict) this.#shut(verdict.error);
		else {
			this.claims = verdict.claims;
			this.#watchExpiry();
		}
	}

	/** What nobody asked for carries no reference to a join. */
	push(event: string, payload: object, { isUnasked = false } = {}): void {
		this.#facts.send({
			join_ref: isUnasked ? null : this.#joinRef,
			ref: null,
			topic: this.topic,
			event,
			payload: { ...payload },
		});
	}

	close(): void {
		clearTimeout(this.#expiry);
		this.#isListening = false;
	}

	#tellSystem(status: "ok" | "error", message: string): void {
		const channel = this.topic.replace(/^realtime:/, "");
		this.push("system", { extension: "postgres_changes", status, message, channel });
	}

	#watchExpiry(): void {
		clearTimeout(this.#expiry);
		const left = this.claims.exp * 1000 - Date.now() + AFTER_EXPIRY_MS;
		this.#expiry = setTimeout(() => this.#shut("Token has expired"), Math.min(left, LONGEST_TIMER_MS));
		this.#expiry.unref();
	}

	#shut(message: string): void {
		this.#tellSystem("error", message);
		this.push("phx_close", {});
		this.#facts.onClose(this);
	}
}
