import { userInfo } from 'node:os'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type EngineSource, migrateToLatest, type OpenDatabase, openDatabase } from '@zhidu/db'
import { installSampleRules, type ServiceContext } from '@zhidu/services'
import type { Language } from './language.ts'
import { ENGINE_STEP_WORDS, secondsPassed } from './words.ts'

/** `.zhidu/` in the repository root. */
const DEFAULT_DATA_DIR = fileURLToPath(new URL('../../../.zhidu', import.meta.url))

/** What every command gets; only `main.ts` and tests make one. */
export interface Program {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly language: Language
  /** Folder against which file names are meant. */
  readonly cwd: string
  /** What comes in on standard input; nothing unless given. */
  readonly input?: AsyncIterable<Uint8Array | string>
  /** Results; with `--json` one document and nothing else. */
  readonly print: (text: string) => void
  /** Progress and messages for the person at the terminal. */
  readonly say: (line: string) => void
  /** Aborted = stop, leave nothing half done. */
  readonly signal: AbortSignal
}

/** Folder of the embedded data, and of the installation's secret: ZHIDU_DATA. */
export function dataFolder(program: Program): string {
  const { ZHIDU_DATA } = program.env
  return ZHIDU_DATA === undefined || ZHIDU_DATA === '' ? DEFAULT_DATA_DIR : resolve(program.cwd, ZHIDU_DATA)
}

/** DATABASE_URL names a server; without it the data are in ZHIDU_DATA. */
export function engineSource(program: Program): EngineSource {
  const { DATABASE_URL } = program.env
  if (DATABASE_URL !== undefined && DATABASE_URL !== '') return { databaseUrl: DATABASE_URL }
  return { dataDir: dataFolder(program) }
}

/** The system's name of whoever runs the command; the audit trail bears it. */
function nameOfUser(): string {
  try {
    return userInfo().username
  } catch {
    // A number without an entry in the list of users, as containers have.
    return `uid ${process.getuid?.() ?? '?'}`
  }
}

/** Opens the data, brings their structure up to date, runs `work` and closes whatever happens. */
export async function withData<T>(
  program: Program,
  work: (ctx: ServiceContext, database: OpenDatabase) => Promise<T>,
): Promise<T> {
  const words = ENGINE_STEP_WORDS[program.language]
  const database = await openDatabase(engineSource(program), {
    onProgress: (step, seconds) => program.say(secondsPassed(program.language, words[step], seconds)),
  })
  try {
    await migrateToLatest(database.db)
    await installSampleRules(database.db)
    const actor = { kind: 'local', name: nameOfUser() } as const
    return await work({ db: database.db, report: database.report, clock: Date.now, actor }, database)
  } finally {
    await database.close()
  }
}
