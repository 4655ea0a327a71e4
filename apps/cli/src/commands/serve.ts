import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { acquireServeLock, AlreadyServingError, type OpenDatabase } from '@zhidu/db'
import { quarterOf } from '@zhidu/domain'
import { createLogger, type ListenAddress, serve } from '@zhidu/server'
import {
  createCheckpointTimer,
  createIdentity,
  createImportJobs,
  createUpkeep,
  holdsDemonstration,
  type IdentityOptions,
  isEmptyInstallation,
  isUnclaimed,
  listUnits,
  loadSession,
  needsDemonstration,
  type OidcSettings,
  type ServiceContext,
} from '@zhidu/services'
import { ensureDemonstrationAccounts } from '../demonstration/demonstration-accounts.ts'
import { seedDemonstrationChecks } from '../demonstration/seed-checks.ts'
import { seedDemonstration } from '../demonstration/seed-demonstration.ts'
import { seedDemonstrationDuty } from '../demonstration/seed-duty.ts'
import { seedDemonstrationFilings } from '../demonstration/seed-filings.ts'
import { seedDemonstrationLogs } from '../demonstration/seed-duty-logs.ts'
import { seedDemonstrationLeads } from '../demonstration/seed-leads.ts'
import { seedDemonstrationMeeting } from '../demonstration/seed-meeting.ts'
import { seedDemonstrationReports } from '../demonstration/seed-reports.ts'
import { dataFolder, type Program, withData } from '../program.ts'
import { programVersion } from '../program-version.ts'
import { type ConfigProblem, wordProblem } from '../serve-config/config-problem.ts'
import { openInstallationSecret } from '../serve-config/installation-secret.ts'
import { loadServeConfig, type ServeConfig } from '../serve-config/serve-config.ts'
import { type AuditPlace, openAuditPlace } from './audit.ts'
import { SERVE_MESSAGES, type ServeMessages } from './serve-messages.ts'

const WEB_ROOT = fileURLToPath(new URL('../../../web/dist', import.meta.url))
/** Room for a million rows of reports. */
const MAX_UPLOAD_BYTES = 300_000_000

export interface ServeOptions {
  /** Loads the demonstration city into an installation without units. */
  readonly withDemonstration: boolean
}

/** A start that was refused, worded for the user; the command ends with status 1. */
export class ServeRefused extends Error {
  override readonly name = 'ServeRefused'
}

function refuseSettings(program: Program, problems: readonly ConfigProblem[]): ServeRefused {
  const lines = problems.map((problem) => `- ${wordProblem(problem, program.language)}`)
  return new ServeRefused([SERVE_MESSAGES[program.language].badSettings(problems.length), ...lines].join('\n'))
}

function readConfig(program: Program, options: ServeOptions): ServeConfig {
  const loaded = loadServeConfig(program.env, {
    cwd: program.cwd,
    withDemonstration: options.withDemonstration,
    isRoot: process.getuid?.() === 0,
    now: Date.now(),
  })
  if ('problems' in loaded) throw refuseSettings(program, loaded.problems)
  return loaded.config
}

/** The installation's secret; beside the data, unless a file of its own is named. */
function openSecret(program: Program, config: ServeConfig): Buffer {
  const secret = config.secret ?? openInstallationSecret(dataFolder(program))
  if (!Buffer.isBuffer(secret)) throw refuseSettings(program, [secret])
  return secret
}

/** Port 0 becomes a free one at once: the lock that other starts are shown names it. */
async function withFreePort(address: ListenAddress): Promise<ListenAddress> {
  if (address.port !== 0) return address
  const probe = createServer().listen(0, address.host)
  await once(probe, 'listening')
  const bound = probe.address()
  probe.close()
  await once(probe, 'close')
  return bound !== null && typeof bound === 'object' ? { ...address, port: bound.port } : address
}

/** Words the two ways in which a port cannot be had; passes on anything else. */
function portRefusal(error: unknown, address: string, messages: ServeMessages): Error {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') return new ServeRefused(messages.portTaken(address), { cause: error })
  if (code === 'EACCES') return new ServeRefused(messages.portForbidden(address), { cause: error })
  return error instanceof Error ? error : new Error(String(error))
}

/** Runs the server until the program is told to stop. Throws ServeRefused or EngineError when it cannot start. */
export async function runServe(program: Program, options: ServeOptions): Promise<void> {
  const { language, say } = program
  const messages = SERVE_MESSAGES[language]
  const config = readConfig(program, options)
  const address = await withFreePort(config.address)
  if (!existsSync(join(WEB_ROOT, 'index.html'))) throw new ServeRefused(messages.noDashboard)
  const addressText = `${address.host}:${address.port}`
  const log = createLogger(config.logLevel)
  const stopping = new AbortController()
  const stop = AbortSignal.any([program.signal, stopping.signal])

  await withData(program, async (ctx, database) => {
    const { engine } = database
    const description = engine.describe()
    if (description.kind === 'embedded' && description.isElsewhere) say(messages.elsewhere(description.dataPath))
    const lock = await acquireServeLock(engine, {
      address: addressText,
      onLost: (holder) => {
        say(messages.lockLost(holder.pid, holder.address))
        stopping.abort()
      },
    }).catch((error: unknown) => {
      if (!(error instanceof AlreadyServingError)) throw error
      const { address: other, params, pid } = error
      const since = new Date(error.since).toLocaleString(language, { timeZone: 'Asia/Shanghai' })
      throw new ServeRefused(messages.alreadyServing(pid, other, params['host'] ?? '', since), { cause: error })
    })
    try {
      const isNew = options.withDemonstration && (await needsDemonstration(ctx))
      if (isNew) {
        await seedDemonstration(ctx, { onStep: (done, total) => say(messages.seeding(done, total)), signal: stop })
        say(messages.seeded)
      }
      if (config.isExposed && (await holdsDemonstration(ctx))) throw new ServeRefused(messages.demonstrationExposed)
      const secret = openSecret(program, config)
      if (options.withDemonstration && (await holdsDemonstration(ctx))) await sayAccounts(ctx, secret, messages, say)
      if (isNew) {
        await seedDemonstrationChecks(ctx)
        await seedDemonstrationMeeting(ctx)
        await seedDemonstrationDuty(ctx)
        await seedDemonstrationLogs(ctx)
        await seedDemonstrationReports(ctx)
        await seedDemonstrationLeads(ctx)
        await seedDemonstrationFilings(ctx)
      }
      const audit = await openAuditPlace(program)
      // Beside the data there is room for what is to become data; a server elsewhere has no such place here.
      const uploads = description.kind === 'embedded' ? join(description.dataDir, 'uploads') : null
      await runServer(ctx, { database, secret, audit, address, addressText, config, log, messages, say, stop, uploads })
    } finally {
      await lock.release()
    }
  })
  say(messages.stopped)
}

/** Tells the accounts that came with the demonstration, so that whoever started it can sign in. */
async function sayAccounts(
  ctx: ServiceContext,
  secret: Buffer,
  messages: ServeMessages,
  say: (line: string) => void,
): Promise<void> {
  const accounts = await ensureDemonstrationAccounts(ctx, secret)
  say(messages.demonstrationAccounts)
  for (const { loginName, password, role, unitCode } of accounts) {
    say(messages.demonstrationAccount(role, loginName, password, unitCode ?? '—'))
  }
}

/** Single sign-on as configured; the issuer sends people back to where they find us. */
function toSingleSignOn({ origin, singleSignOn, tls }: ServeConfig, address: ListenAddress): OidcSettings | null {
  if (singleSignOn === null) return null
  const own = origin ?? `${tls === undefined ? 'http' : 'https'}://${address.host}:${address.port}`
  const { clientId, clientSecret, issuer } = singleSignOn
  return {
    issuer,
    clientId,
    clientSecret,
    redirectUri: `${own}/auth/oidc/callback`,
    label: new URL(issuer).host,
    isLoopbackHttpAllowed: issuer.startsWith('http:'),
  }
}

/** What the installation is called, after its top unit: authenticators show it, and no password may contain it. */
async function namesOf(ctx: ServiceContext): Promise<Pick<IdentityOptions, 'contextWords' | 'installationName'>> {
  const { units } = await listUnits(ctx, { quarter: quarterOf(ctx.clock()) })
  const top = units.find(({ parentCode }) => parentCode === null)
  if (top === undefined) return {}
  return {
    contextWords: [top.name, top.unitCode].filter((word) => word.length > 2),
    installationName: `值督 ${top.name}`,
  }
}

async function runServer(
  ctx: ServiceContext,
  args: {
    readonly database: OpenDatabase
    readonly secret: Buffer
    readonly audit: AuditPlace
    readonly address: ListenAddress
    readonly addressText: string
    readonly config: ServeConfig
    readonly log: ReturnType<typeof createLogger>
    readonly messages: ServeMessages
    readonly say: (line: string) => void
    readonly stop: AbortSignal
    /** Folder for files on their way; null = among the system's temporary ones. */
    readonly uploads: string | null
  },
): Promise<void> {
  const { config, log, messages, say, stop } = args
  const importJobs = await createImportJobs(ctx.clock, {
    maxUploadBytes: MAX_UPLOAD_BYTES,
    ...(args.uploads === null ? {} : { folder: args.uploads }),
    onError: (error, errorNumber) => log.error({ err: error, errorNumber }, 'import failed'),
  })
  try {
    const { metricsToken, origin, tls, trustedProxies } = config
    const edge = { version: programVersion(), maxUploadBytes: MAX_UPLOAD_BYTES, metricsToken, trustedProxies }
    const { app, report } = args.database
    const service = { db: app, report, clock: ctx.clock }
    const identity = createIdentity({
      secret: args.secret,
      passwordProfile: config.passwordProfile,
      sessions: config.sessions,
      singleSignOn: toSingleSignOn(config, args.address),
      isExposed: config.isExposed,
      ...(await namesOf(ctx)),
    })
    const program: ServiceContext = { ...ctx, actor: { kind: 'system' } }
    const upkeep = createUpkeep(program, {
      onError: (error) => log.error({ err: error }, 'what is owed, or the rollups, were not brought up to date'),
    })
    const api = {
      service,
      identity,
      auditSigners: args.audit.key.signers,
      loadActor: (session: { readonly token: string; readonly address: string }) =>
        loadSession({ ...service, identity }, session),
      importJobs,
      upkeep,
      log,
      ...edge,
    }
    const server = await serve({ address: args.address, origin, tls, webRoot: WEB_ROOT, api }).catch(
      (error: unknown) => {
        throw portRefusal(error, args.addressText, messages)
      },
    )
    upkeep.start()
    const checkpoints = createCheckpointTimer(program, {
      signers: args.audit.key.signers,
      checkpointDir: args.audit.checkpointDir,
      onError: (error) => {
        log.error({ err: error }, 'no audit checkpoint was made')
        say(messages.noCheckpoint(error instanceof Error ? error.message : String(error)))
      },
    })
    say(messages.ready(server.url))
    say(config.isExposed ? messages.readyNoteExposed : messages.readyNote)
    if (await isEmptyInstallation(ctx)) say(messages.empty)
    if (await isUnclaimed(ctx)) say(messages.noAccount)
    if (!stop.aborted) await once(stop, 'abort')
    say(messages.stopping)
    await server.stop()
    await checkpoints.stop()
    await upkeep.stop()
  } finally {
    await importJobs.close()
  }
}
