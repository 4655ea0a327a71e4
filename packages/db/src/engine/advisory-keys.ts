/** Advisory locks of Zhidu: the first key of the pair marks them as ours ("ZHD"), the second says what for. */
export const LOCK_SPACE = 0x5a4844
/** Shared by every process that uses an embedded engine; taken whole by the one that ends it. */
export const USERS_LOCK = 1
/** Held while roles and database are made. */
export const BOOTSTRAP_LOCK = 2
/** Held by the one server of a database. */
export const SERVE_LOCK = 3
/** Held by a transaction that changes facts and their rollups. */
export const FACTS_LOCK = 4
// 5 is held by a transaction that appends to the audit chain; `append_audit` in the database takes it.
/** Held by a transaction that publishes rules. */
export const RULES_LOCK = 8
/** Held by a transaction that takes the next step of a draw. */
export const DRAWS_LOCK = 9
/** Held by a transaction that decides on what a check found. */
export const INSPECTIONS_LOCK = 10
/** Held by a transaction that writes a revision or a step of a bulletin. */
export const BULLETINS_LOCK = 12
/** Held by a transaction that writes of a meeting. */
export const MEETINGS_LOCK = 17
export const MISREPORTS_LOCK = 15
export const COMMENDATIONS_LOCK = 16
/** Held by a transaction that writes into a duty log or hands one over. */
export const DUTY_LOG_LOCK = 29
/** Held by a transaction that writes drafts, periods, settings or daily reports. */
export const FILINGS_LOCK = 40
/** Held by a transaction that takes the next step of a lead. */
export const LEADS_LOCK = 19
