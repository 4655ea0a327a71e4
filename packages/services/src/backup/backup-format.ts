/**
 * A backup is one file: a line of ASCII that says what it is, the body, and a line with the SHA-256 of everything before it.
 * The body is gzip of text, sealed when there is a key; docs/backup.md describes both.
 */
export const BACKUP_FORMAT = 1
export const PLAIN_LINE = `zhidu-backup ${BACKUP_FORMAT} gzip\n`
export const SEALED_LINE = /^zhidu-backup 1 gzip aes-256-gcm ([0-9a-f]{64})\n$/
/** Longest first line of any format. */
export const MAX_FIRST_LINE_BYTES = 256

export function sealedLine(salt: Buffer): string {
  return `zhidu-backup ${BACKUP_FORMAT} gzip aes-256-gcm ${salt.toString('hex')}\n`
}

/** Last line: the end mark of the file. */
export function trailerOf(sha256: string): string {
  return `\nsha256 ${sha256}\n`
}
export const TRAILER_BYTES = trailerOf('').length + 64
export const TRAILER = /^\nsha256 ([0-9a-f]{64})\n$/

/** Ends a table's rows, as in COPY's own text files: no row is ever written like this. */
export const END_OF_ROWS = '\\.\n'

/** Rows that belong to one running installation and not to its data: who is signed in, and who tried in vain. */
export const NOT_CARRIED: readonly string[] = ['session', 'sign_in_guard']

/** Bytes of a key for sealing. */
export const KEY_BYTES = 32
