/** Numbers both sides must agree on. What an operator may change lies in the server's configuration. */

/** Nesting of arrays and objects in anything that is received (depth 1 = a flat object). */
export const JSON_MAX_DEPTH = 20;
/** Object keys and array items are counted apart: keys in all objects of one value together. */
export const JSON_MAX_KEYS = 1_000;

export const BATCH_MAX_PUBLICATIONS = 1_000;
export const BATCH_MAX_BYTES = 8 * 1024 * 1024;

/** A recovery answers at most so much; beyond it the newest publications and a gap (REC-6). */
export const RECOVERY_MAX_PUBLICATIONS = 10_000;
export const RECOVERY_MAX_BYTES = 16 * 1024 * 1024;
/** A recovery comes in frames of at most so many bytes (REC-3). */
export const RECOVERY_FRAME_BYTES = 256 * 1024;

export const SUBSCRIPTIONS_MAX = 256;
export const HELLO_TIMEOUT_MS = 10_000;
/** After a ping: no pong or other frame within this time means dead. */
export const PONG_TIMEOUT_MS = 10_000;

export const IDEMPOTENCY_KEY_MAX = 128;
export const IDEMPOTENCY_TTL_MS = 5 * 60_000;
/** A publication's `time` may lie at most so far in the future (TIM-1). */
export const TIME_AHEAD_MAX_MS = 24 * 3_600_000;

export const LIST_DEFAULT = 100;
export const LIST_MAX = 1_000;
export const HISTORY_POINTS_MAX = 5_000;

export const TITLE_MAX = 90;
export const BODY_MAX = 8_000;
export const ANNOUNCEMENT_HOLD_MAX_MS = 60_000;
export const TILES_MAX = 100;
export const TAGS_MAX = 16;

export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 256;
