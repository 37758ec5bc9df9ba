/** Node 20 has no WebSocket of its own, and the client of Supabase does not start without one. */
import type { RealtimeClientOptions } from "@supabase/supabase-js";
import WebSocket from "ws";

/** The same object under the client's own name for it: the two describe the browser's events in different words. */
export const NodeSocket = WebSocket as NonNullable<RealtimeClientOptions["transport"]>;
