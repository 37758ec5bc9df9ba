/**
 * Two machines, one project, and a network that does everything a network does. Whatever happened on the way, in the end
 * each turn is there exactly once, in order, masked, and what was deleted is nowhere.
 */
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createMasker } from "../../src/masking/masker.ts";
import { loadSecretRules } from "../../src/patterns/load-secrets.ts";
import { openStore } from "../../src/store/open-store.ts";
import type { Store } from "../../src/store/store.ts";
import type { Upsert } from "../../src/sync/plan-push.ts";
import { pullAll } from "../../src/sync/pull.ts";
import type { Remote } from "../../src/sync/remote.ts";
import { pushAll } from "../../src/sync/sync-engine.ts";
import type { Fault } from "../../test-stack/src/gateway.ts";
import { limitOf, SOAK_FACTOR } from "../support/laws.ts";
import { answer, makeSession, makeTurn } from "../support/stored-session.ts";
import { type Machine, startMachine } from "./machine.ts";
import { describeWithStack } from "./with-stack.ts";

const SECRET = `ghp_${"a1B2c3D4e5F6g7H8i9J0".repeat(2).slice(0, 36)}`;
const FAULTS: Readonly<Record<string, Fault>> = {
	offline: { kind: "refuse" },
	"lost reply": { kind: "lose-reply" },
	twice: { kind: "twice" },
	"too many": { kind: "answer", status: 429, headers: { "retry-after": "30" } },
	broken: { kind: "answer", status: 500, body: { message: "x" } },
	overloaded: { kind: "answer", status: 503 },
	gateway: { kind: "answer", status: 504, body: "late" },
};

const machine = fc.constantFrom(0, 1);
const which = fc.nat(7);
const weather = fc.array(fc.option(fc.constantFrom(...Object.keys(FAULTS)), { freq: 2 }), { maxLength: 6 });
const seq = fc.integer({ min: 1, max: 2 });
const often = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });
const is = <T extends string>(name: T) => fc.constant(name);
/** Few sessions and turns that change often: that is where things go wrong. */
const step = fc.oneof(
	often(1, fc.record({ do: is("begin"), machine })),
	often(7, fc.record({ do: is("turn"), machine, which, seq, items: fc.nat(3) })),
	often(1, fc.record({ do: is("withdraw"), machine, which, seq })),
	often(1, fc.record({ do: is("end"), machine, which })),
	often(1, fc.record({ do: is("delete"), machine, which })),
	often(6, fc.record({ do: is("push"), machine, weather })),
	often(2, fc.record({ do: is("crash"), machine, after: fc.nat(4), isSent: fc.boolean() })),
	often(2, fc.record({ do: is("pull"), machine, weather })),
	often(2, fc.record({ do: is("late"), which: fc.nat(30) })),
	often(1, fc.record({ do: is("clock"), machine, ms: fc.integer({ min: -86_400_000, max: 86_400_000 }) })),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Turns of the sessions there should be: session → seq → what it says. */
type Expected = Map<string, { readonly owner: number; readonly turns: Map<number, string[]> }>;

const RUNS = 20;

class Crash extends Error {}

describeWithStack("a model of syncing", (stack) => {
	const masker = createMasker({
		rules: loadSecretRules(join(import.meta.dirname, "../../patterns/secrets")),
		mode: "strict",
		tag: () => "tag",
		knownValues: [],
		allow: [],
	});

	class World {
		readonly machines: readonly Machine[];
		readonly stores: Store[];
		readonly expected: Expected = new Map();
		readonly sent: Upsert[] = [];
		count = 0;

		constructor(machines: readonly Machine[]) {
			this.machines = machines;
			this.stores = machines.map(({ store }) => store);
		}

		store(machine: number): Store {
			const store = this.stores[machine];
			if (store === undefined) throw new Error("no such machine");
			return store;
		}

		/** One of the machine's own sessions, or of all that it knows. */
		pick(machine: number, which: number, isOwn: boolean): string | undefined {
			const here = new Set(
				this.store(machine)
					.listSessions()
					.map(({ session }) => session.id),
			);
			const ids = [...this.expected].filter(
				([id, { owner }]) => here.has(id) && (!isOwn || owner === machine),
			);
			return ids[which % Math.max(1, ids.length)]?.[0];
		}

		parts(machine: number, remote?: Remote) {
			const one = this.machines[machine];
			if (one === undefined) throw new Error("no such machine");
			return {
				...one.parts,
				store: this.store(machine).sync,
				remote: remote ?? this.noting(one.parts.remote),
			};
		}

		/** Keeps what was sent, to deliver it again at a bad moment. */
		noting(remote: Remote): Remote {
			return {
				...remote,
				upsert: async (request) => {
					this.sent.push(request);
					await remote.upsert(request);
				},
			};
		}

		/** The process dies, with its request sent or not; another one opens the same file. */
		async crash(machine: number, after: number, isSent: boolean): Promise<void> {
			const { remote } = this.parts(machine);
			let left = after;
			const dying: Remote = {
				...remote,
				upsert: async (request) => {
					left -= 1;
					if (left >= 0) return remote.upsert(request);
					if (isSent) await remote.upsert(request);
					throw new Crash();
				},
			};
			await pushAll(this.parts(machine, dying)).catch((error) => {
				if (!(error instanceof Crash)) throw error;
			});
			this.store(machine).close();
			const { path, clock, ids } = this.machines[machine] ?? {};
			if (path === undefined || clock === undefined || ids === undefined) throw new Error("no such machine");
			this.stores[machine] = openStore({ path, clock, ids });
		}

		pull(machine: number) {
			const mask = <T>(value: T) => masker.mask(value).value;
			return pullAll({ ...this.parts(machine), url: stack().url, mask });
		}
	}

	function save(world: World, { machine, which, seq, items }: Extract<Step, { do: "turn" }>): void {
		const id = world.pick(machine, which, true);
		if (id === undefined) return;
		world.count += 1;
		const texts = Array.from({ length: items }, (_, n) => `text ${world.count}.${n} ${SECRET}`);
		const turn = makeTurn(seq, {
			prompt: { text: `turn ${world.count}`, kind: "prompt" },
			items: texts.map(answer),
		});
		world.store(machine).saveTurn(id, masker.mask(turn).value);
		const masked = texts.map((text) => masker.maskText(text).text);
		world.expected.get(id)?.turns.set(seq, [`turn ${world.count}`, ...masked]);
	}

	async function take(world: World, one: Step): Promise<void> {
		switch (one.do) {
			case "begin": {
				const id = world.machines[one.machine]?.ids() ?? "";
				world.store(one.machine).beginSession(masker.mask(makeSession(id)).value, { pid: 1 });
				world.expected.set(id, { owner: one.machine, turns: new Map() });
				break;
			}
			case "turn":
				save(world, one);
				break;
			case "withdraw": {
				const id = world.pick(one.machine, one.which, true);
				if (id === undefined) break;
				world.store(one.machine).withdrawTurn(id, one.seq);
				world.expected.get(id)?.turns.delete(one.seq);
				break;
			}
			case "end": {
				const id = world.pick(one.machine, one.which, true);
				if (id !== undefined)
					world.store(one.machine).updateSession(id, masker.mask({ status: "complete" as const }).value);
				break;
			}
			case "delete": {
				const id = world.pick(one.machine, one.which, false);
				if (id === undefined) break;
				world.store(one.machine).deleteSession(id);
				world.expected.delete(id);
				break;
			}
			case "push":
				await under(one.weather, () => pushAll(world.parts(one.machine), { isEager: true }));
				break;
			case "pull":
				await under(one.weather, () => world.pull(one.machine).catch(() => undefined));
				break;
			case "crash":
				await world.crash(one.machine, one.after, one.isSent);
				break;
			case "late": {
				const old = world.sent[one.which % Math.max(1, world.sent.length)];
				// Its sender has long gone: nobody learns whether it was taken.
				if (old !== undefined) await world.machines[0]?.parts.remote.upsert(old).catch(() => undefined);
				break;
			}
			case "clock":
				world.machines[one.machine]?.clock.advance(one.ms);
		}
	}

	/** The n-th request meets the n-th fault; after that the sky is clear. */
	async function under(faults: readonly (string | null)[], work: () => Promise<unknown>): Promise<void> {
		const queue = [...faults];
		stack().setFault(() => {
			const name = queue.shift();
			return typeof name === "string" ? FAULTS[name] : undefined;
		});
		try {
			await work();
		} finally {
			stack().setFault(undefined);
		}
	}

	/** Everything that waited gets its time. */
	async function settle(world: World): Promise<void> {
		for (let round = 0; round < 2; round += 1)
			for (const machine of [0, 1]) {
				world.machines[machine]?.clock.advance(200 * 86_400_000);
				expect(await pushAll(world.parts(machine))).toMatchObject({ kind: "done", setAside: 0 });
				await world.pull(machine);
			}
	}

	async function remoteSessions(userId: string) {
		const { rows: sessions } = await stack().db.query("select id from sessions where user_id = $1", [userId]);
		const { rows: turns } = await stack().db.query(
			`select t.session_id, t.seq, t.prompt, array(select i.text from items i
				where i.session_id = t.session_id and i.turn_seq = t.seq order by i.position) as texts
			from turns t where t.user_id = $1 and not t.is_withdrawn order by t.seq`,
			[userId],
		);
		return sessions.map(({ id }) => ({
			id,
			turns: turns
				.filter((turn) => turn.session_id === id)
				.map(({ seq, prompt, texts }) => [seq, [prompt, ...texts]]),
		}));
	}

	test(
		"whatever the network, the machines and their clocks do, in the end everything is there once",
		async () => {
			await fc.assert(
				fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 40 }), async (steps) => {
					const user = await stack().createUser("ada");
					using laptop = startMachine(stack(), user);
					using tower = startMachine(stack(), user);
					const world = new World([laptop, tower]);
					await take(world, { do: "begin", machine: 0 });
					await take(world, { do: "begin", machine: 1 });
					for (const one of steps) await take(world, one);
					await settle(world);
					// Every message of the past comes once more, the oldest last.
					for (const old of world.sent.reverse()) await laptop.parts.remote.upsert(old);
					const byId = <T extends { id: string }>(all: T[]) => all.sort((a, b) => (a.id < b.id ? -1 : 1));
					const expected = [...world.expected].map(([id, { turns }]) => ({
						id,
						turns: [...turns].sort(([a], [b]) => a - b),
					}));
					const there = await remoteSessions(user.id);
					expect(byId(there)).toEqual(byId(expected));
					expect(JSON.stringify(there)).not.toContain(SECRET);
					for (const store of world.stores) {
						expect(store.sync.outbox.counts()).toMatchObject({
							sessions: 0,
							turns: 0,
							deletions: 0,
							setAside: 0,
						});
						const here = store.listSessions().map(({ session }) => session.id);
						expect(here.filter((id) => !world.expected.has(id))).toEqual([]);
					}
					for (const store of world.stores) store.close();
				}),
				{ numRuns: RUNS * SOAK_FACTOR },
			);
		},
		limitOf({ runs: RUNS }),
	);
});
