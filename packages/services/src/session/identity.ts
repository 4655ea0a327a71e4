import {
  createOidcClient,
  createSealer,
  deriveKey,
  type OidcClient,
  type OidcConfig,
  PASSWORD_POLICIES,
  type PasswordPolicy,
  type PasswordProfile,
  type Sealer,
} from '@zhidu/identity'
import type { ServiceContext } from '../context.ts'
import { type AddressLimit, createAddressLimit } from './address-limit.ts'

export interface SessionPolicy {
  /** A session nobody used for so long has ended. */
  readonly idleMinutes: number
  /** A session ends after so long whatever is done. */
  readonly hours: number
  /** Sessions an account may have at once; the oldest goes when one more begins. */
  readonly perAccount: number
}

/** GB/T 22239-2019 登录失败处理 and 超时自动退出, with the values assessors ask for. */
export const SESSION_POLICY: SessionPolicy = { idleMinutes: 15, hours: 10, perAccount: 1 }
/** Five failures, then a quarter of an hour. */
export const GUARD_LIMITS = { maxFailures: 5, lockMs: 15 * 60_000 } as const

export interface PasswordSettings {
  readonly policy: PasswordPolicy
  /** Words of the installation that no password may contain. */
  readonly contextWords: readonly string[]
}

/** How people are told apart here. One per process. */
export interface Identity {
  readonly passwords: PasswordSettings
  readonly sessions: SessionPolicy
  readonly sealer: Sealer
  /** null = not set up. */
  readonly singleSignOn: OidcClient | null
  /** False where other machines can reach us: the passwords of demonstration accounts are printed at every start. */
  readonly areDemonstrationAccountsOpen: boolean
  readonly addresses: AddressLimit
  /** What authenticators call this installation. */
  readonly installationName: string
  /** Key of the codes that duty rooms show, 32 bytes. */
  readonly roomCodeKey: Uint8Array
}

export type IdentityContext = ServiceContext & { readonly identity: Identity }
/** For what only makes and checks passwords. */
export type PasswordContext = ServiceContext & { readonly identity: Pick<Identity, 'passwords'> }

export interface IdentityOptions {
  /** The installation's own secret, at least 32 bytes. */
  readonly secret: Uint8Array
  readonly passwordProfile?: PasswordProfile
  readonly contextWords?: readonly string[]
  readonly sessions?: SessionPolicy
  readonly singleSignOn?: OidcConfig | null
  /** Other machines can reach us. */
  readonly isExposed: boolean
  readonly installationName?: string
}

/** Throws RangeError for a secret that is too short and for a single sign-on that is not reached by https. */
export function createIdentity(options: IdentityOptions): Identity {
  const { singleSignOn = null } = options
  return {
    passwords: {
      policy: PASSWORD_POLICIES[options.passwordProfile ?? 'mlps'],
      contextWords: options.contextWords ?? [],
    },
    sessions: options.sessions ?? SESSION_POLICY,
    sealer: createSealer(options.secret),
    singleSignOn: singleSignOn === null ? null : createOidcClient(singleSignOn),
    areDemonstrationAccountsOpen: !options.isExposed,
    addresses: createAddressLimit(),
    installationName: options.installationName ?? '值督 Zhidu',
    roomCodeKey: deriveKey(options.secret, 'room codes'),
  }
}
