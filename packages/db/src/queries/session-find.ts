import type { Role } from '@zhidu/domain'
import { sql } from 'kysely'
import { kept } from '../connection/kept.ts'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'

/** A session that is good at an instant, with whose it is. Instants are epoch ms. */
export interface LiveSession {
  readonly sessionId: string
  readonly authLevel: 'password' | 'totp' | 'sso'
  readonly lastSeenAt: number
  readonly absoluteUntil: number
  readonly accountId: string
  readonly loginName: string
  readonly displayName: string
  readonly unitCode: string | null
  readonly roles: readonly Role[]
  readonly passwordChangedAt: number | null
  readonly mustChangePassword: boolean
  readonly isDemonstration: boolean
  readonly isSsoOnly: boolean
  readonly hasTotp: boolean
  /** Through whose eyes it looks; null = its own. */
  readonly viewed: {
    readonly accountId: string
    readonly loginName: string
    readonly displayName: string
    readonly unitCode: string | null
    readonly roles: readonly Role[]
  } | null
}

/** As a row; what is seen through its eyes is null where it is its own. */
interface FoundSession extends Omit<LiveSession, 'viewed'> {
  readonly viewedId: string | null
  readonly viewedLoginName: string | null
  readonly viewedDisplayName: string | null
  readonly viewedUnitCode: string | null
  readonly viewedRoles: readonly Role[]
}

/**
 * By the hash of its token; undefined = ended, run out, its account disabled, or never there. Written out, because every
 * request asks it, and building it took as long as its answer.
 */
export async function findLiveSession(db: Db, tokenHash: Buffer, now: number): Promise<LiveSession | undefined> {
  const at = instant(now)
  const { rows } = await sql<FoundSession>`
    select s.session_id as "sessionId", s.auth_level as "authLevel", s.last_seen_at as "lastSeenAt",
      s.absolute_until as "absoluteUntil", a.account_id as "accountId", a.login_name as "loginName",
      a.display_name as "displayName", a.unit_code as "unitCode", a.password_changed_at as "passwordChangedAt",
      a.must_change_password as "mustChangePassword", a.is_demonstration as "isDemonstration",
      a.is_sso_only as "isSsoOnly", a.totp_confirmed_at is not null as "hasTotp",
      array(select role from account_role r where r.account_id = a.account_id order by role) as roles,
      v.account_id as "viewedId", v.login_name as "viewedLoginName", v.display_name as "viewedDisplayName",
      v.unit_code as "viewedUnitCode",
      array(select role from account_role r where r.account_id = v.account_id order by role) as "viewedRoles"
    from session s
    join account a on a.account_id = s.account_id
    left join account v on v.account_id = s.view_as_account_id and not v.is_disabled
    where s.token_hash = ${tokenHash} and s.ended_at is null and s.idle_until > ${at} and s.absolute_until > ${at}
      and not a.is_disabled
    /* kept */`.execute(db)
  const [row] = rows
  if (row === undefined) return undefined
  const { viewedDisplayName, viewedId, viewedLoginName, viewedRoles, viewedUnitCode, ...session } = row
  if (viewedId === null || viewedLoginName === null || viewedDisplayName === null) return { ...session, viewed: null }
  return {
    ...session,
    viewed: {
      accountId: viewedId,
      loginName: viewedLoginName,
      displayName: viewedDisplayName,
      unitCode: viewedUnitCode,
      roles: viewedRoles,
    },
  }
}

export interface SessionRow {
  readonly sessionId: string
  readonly createdAt: number
  readonly lastSeenAt: number
  readonly absoluteUntil: number
  readonly address: string
  readonly userAgent: string
}

/** Sessions of an account that are good at an instant, newest first. */
export function listLiveSessions(db: ReadonlyDb, accountId: string, now: number): Promise<SessionRow[]> {
  return db
    .selectFrom('session')
    .select([
      'session_id as sessionId',
      'created_at as createdAt',
      'last_seen_at as lastSeenAt',
      'absolute_until as absoluteUntil',
      'address',
      'user_agent as userAgent',
    ])
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
    .where('idle_until', '>', instant(now))
    .where('absolute_until', '>', instant(now))
    .orderBy('created_at', 'desc')
    .orderBy('session_id')
    .$call(kept)
    .execute()
}
