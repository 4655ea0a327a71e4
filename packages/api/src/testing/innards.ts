/** What says how the program is made: stacks, SQL, paths, versions, connection strings. No answer to a stranger and no error may match. */
export const INNARDS =
  /secret|\bat \S+ \(|\.[cm]?[jt]s\b|node:|node_modules|\/(?:srv|home|work|tmp|etc|usr)\/|\b(?:select|insert|update|delete)\b.+\b(?:from|into|set)\b|postgres|kysely|hono|trpcerror|zoderror|\d+\.\d+\.\d+|Unexpected token|JSON at position/i
