#include <node_api.h>

/*
 * startRecorder(words, environment, niceness) → { pid, data, last }: a process of its own, in a session of its own, with nothing of
 * ours but the other ends of the two channels, as its descriptors 3 and 4. `words` begin with the program's path. Does not wait
 * until it runs; one that cannot be run closes its channels. Undefined where no process could be made.
 */
napi_value start_recorder(napi_env env, napi_callback_info info);

/* reap(pid) → whether that process has ended, and is forgotten by the system. Does not wait. */
napi_value reap(napi_env env, napi_callback_info info);
