#include <node_api.h>

/*
 * relay(from, to, keys, room, filled, microseconds) → { filled, written }
 *
 * Writes the first `filled` bytes of `room` to `to`, reads on behind them from `from`, and so on, for at most so many
 * microseconds, until nothing more is there, the room is full, `to` takes no more, or `keys` (a descriptor, or -1) has
 * something to read. `written` of the `filled` bytes are on their way then; whoever calls sees to the rest. Both ends are
 * non-blocking. What fails is told by the next who tries. Undefined where an argument is none of these.
 */
napi_value relay(napi_env env, napi_callback_info info);
