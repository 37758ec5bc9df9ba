#include <node_api.h>

/*
 * pickSequences(bytes, from, into) → how many bytes now stand in `into`: the sequences in `bytes`, from that place on, that may
 * switch a mode. Undefined where `into` has less room than that could take.
 */
napi_value pick_sequences(napi_env env, napi_callback_info info);
