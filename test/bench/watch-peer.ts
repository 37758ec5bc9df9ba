/** The same stack as for `bench:sync`. */
import "./sync-peer.ts";
